// anywidget 0.11 gives each widget two seconds to load. One that takes longer (a slow computer, a server with a whole
// class) is drawn all the same but is deaf to the kernel from then on: its sliders move nothing. Here it has ten minutes.
(() => {
  const [tooShort, enough] = [2000, 600_000];
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = milliseconds => timeout(milliseconds === tooShort ? enough : milliseconds);
})();
