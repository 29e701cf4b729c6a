// A lesson as a walkthrough: its parts are shown one by one, by keys and buttons, in large type. A plain script in the
// head, so that nothing flashes; without it, all parts are there.
window.walkthrough = (() => {
  const SIZES = [1, 1.15, 1.3, 1.5, 1.75, 2];
  const root = document.documentElement;
  const style = document.head.appendChild(document.createElement('style'));
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const kept = { // for this window only; a browser may forbid even that
    get: name => { try { return sessionStorage.getItem(`walkthrough-${name}`); } catch { return null; } },
    set: (name, value) => { try { sessionStorage.setItem(`walkthrough-${name}`, value); } catch { /* not kept */ } },
  };
  let parts = 0, current = 0, all = false, bar;
  let keys = kept.get('keys') !== 'off';
  let size = SIZES.indexOf(Number(kept.get('size')));
  // As large as the window allows with room for a picture and its sliders side by side.
  if (size < 0) size = Math.max(0, SIZES.findLastIndex(one => innerWidth / one >= 1100));

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes))
      if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
      else if (value !== false) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };

  const heading = part => document.querySelector(`[data-part="${part}"] :is(h1, h2)`);
  const named = part => [...(heading(part)?.childNodes ?? [])].filter(n => !n.classList?.contains('anchor-link'))
    .map(n => n.textContent).join('');

  function hide() {
    const hidden = Array.from({ length: parts + 1 }, (_, part) => part).filter(part => part > current && !all);
    style.textContent = hidden.length === 0 ? '' : `@media not print { ${hidden.map(part => `[data-part="${part}"]`)} {
      visibility: hidden; height: 0; overflow: hidden; } }`; // with a width, so that pictures are drawn beforehand
  }

  function say() {
    const count = `${parts} parts`;
    bar.says.textContent = all ? `All ${count}` : current ? `${current} of ${parts}: ${named(current)}` : count;
    bar.back.setAttribute('aria-disabled', String(all || current === 0));
    bar.next.setAttribute('aria-disabled', String(all || current === parts));
    bar.all.textContent = all ? 'One by one' : 'Show all';
    [bar.smaller, bar.larger].forEach((button, i) =>
      button.setAttribute('aria-disabled', String(size === (i ? SIZES.length - 1 : 0))));
  }

  // `focus`: whether reading goes on at the part; who pressed a button stays on the button.
  function go(part, focus) {
    if (all || part < 0 || part > parts) return;
    current = part;
    hide();
    say();
    const place = heading(part);
    if (!place) return;
    if (focus) {
      place.tabIndex = -1;
      place.focus({ preventScroll: true });
    }
    if (part === 0) scrollTo({ top: 0, behavior: calm.matches ? 'auto' : 'smooth' });
    else place.scrollIntoView({ block: 'start', behavior: calm.matches ? 'auto' : 'smooth' });
  }

  function showAll() {
    all = !all;
    hide();
    say();
  }

  function grow(by) {
    size = Math.max(0, Math.min(SIZES.length - 1, size + by));
    kept.set('size', SIZES[size]);
    root.style.setProperty('--walk-size', SIZES[size]);
    say();
  }

  // Where a key means something already, it is left alone.
  const TAKES_ALL = 'input, textarea, select, [contenteditable], [tabindex]:not([tabindex="-1"]), [role]:is(' +
    ['tab', 'slider', 'radio', 'textbox', 'listbox', 'option', 'menuitem', 'spinbutton', 'grid', 'application']
      .map(role => `[role=${role}]`) + ')';
  const TAKES_SPACE = 'button, summary, a, label';
  const atEnd = () => { // whether all that is shown has been scrolled past the bar
    const shown = document.querySelectorAll(`[data-part="${current}"]`);
    return shown[shown.length - 1].getBoundingClientRect().bottom <= bar.node.getBoundingClientRect().top + 4;
  };

  function key(event) {
    if (!keys || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const at = event.target.closest ? event.target : document.body;
    if (at.closest(TAKES_ALL) || (event.key === ' ' && at.closest(TAKES_SPACE))) return;
    const on = () => go(current + 1, true);
    const pages = !event.shiftKey && !all && current < parts && atEnd();
    const does = {
      ArrowRight: on,
      ArrowLeft: () => go(current - 1, true),
      PageDown: pages && on, // else the browser scrolls, as it always does
      ' ': pages && on,
      a: showAll, A: showAll,
      '+': () => grow(1), '=': () => grow(1), '-': () => grow(-1), '−': () => grow(-1),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  function drawBar() {
    const button = (text, does, more = {}) => make('button', {
      type: 'button', ...more, onclick: event => event.currentTarget.getAttribute('aria-disabled') === 'true' || does(),
    }, text);
    bar = {
      back: button('◂', () => go(current - 1), { 'aria-label': 'Hide this part again' }),
      next: button('Next part ▸', () => go(current + 1), { class: 'walk-main' }),
      says: make('span', { role: 'status', class: 'walk-says' }),
      state: make('span', { role: 'status', class: 'walk-state' }),
      all: button('Show all', showAll),
      smaller: button('A−', () => grow(-1), { 'aria-label': 'Smaller' }),
      larger: button('A+', () => grow(1), { 'aria-label': 'Larger' }),
    };
    const works = make('input', { type: 'checkbox', onchange: () => {
      keys = works.checked;
      kept.set('keys', keys ? 'on' : 'off');
    } });
    works.checked = keys;
    const list = [['→', 'the next part'], ['←', 'hide it again'], ['Space, Page Down', 'down the page, then the next part'],
      ['A', 'all parts, or one by one'], ['+ and −', 'larger, smaller']];
    const more = make('details', { class: 'walk-more' }, make('summary', {}, 'More'), make('div', {},
      make('a', { href: document.body.dataset.baseUrl.replace(/voila\/$/, '') }, 'All lessons'),
      make('div', { class: 'walk-sizes' }, bar.smaller, bar.larger, bar.all),
      make('label', {}, works, 'These keys work, outside sliders, boxes and choices:'),
      make('dl', {}, ...list.flatMap(([what, means]) => [make('dt', {}, what), make('dd', {}, means)]))));
    more.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || !more.open) return;
      more.open = false;
      more.firstChild.focus();
    });
    document.addEventListener('click', event => more.contains(event.target) || (more.open = false));
    const steps = make('span', { class: 'walk-steps' }, bar.back, bar.next);
    bar.node = make('nav', { class: 'walk-bar', 'aria-label': 'Parts of this lesson' }, steps, bar.says, bar.state, more);
    document.body.prepend(bar.node);
  }

  function follow() {
    document.body.dataset.jpThemeLight = String(!dark.matches);
    document.body.dataset.jpThemeName = dark.matches ? 'JupyterLab Dark' : 'JupyterLab Light';
  }

  function become(state, text, ...more) {
    document.body.dataset.course = state;
    bar.state.replaceChildren(text, ...more);
  }

  const again = () => make('button', { type: 'button', onclick: () => location.reload() }, 'Load it again');

  // Every result of a cell is handed to the page in a script of this kind, which goes once it is drawn.
  const RESULTS = 'script[type="application/vnd.voila.cell-output+json"]';
  const drawn = () => !document.querySelector(RESULTS) &&
    [...document.querySelectorAll('.jp-OutputArea-output.lm-Panel')].every(output => output.querySelector('*'));

  async function watch() {
    const { baseUrl, kernelId } = JSON.parse(document.getElementById('jupyter-config-data').textContent);
    const look = setInterval(async () => {
      if (document.hidden) return;
      const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: 'no-store' }).catch(() => null);
      if (answer?.status !== 404) return; // a network that fails for a moment stops no page
      clearInterval(look);
      become('restarted', 'The page was stopped. What you answered is kept. ', again());
    }, 20_000);
    addEventListener('beforeunload', () => clearInterval(look)); // leaving stops the kernel
  }

  let ran = 0, cells = 0;
  return {
    arrive() {
      parts = Number(document.body.dataset.parts);
      follow();
      dark.addEventListener('change', follow);
      drawBar();
      hide();
      grow(0);
      become('waiting', 'The page is starting …');
      document.addEventListener('keydown', key);
      import(new URL('words.js', document.querySelector('script[src$="walkthrough.js"]').src))
        .then(words => words.explainWords());
      // On a phone a picture may be wider than its place: then the keyboard has to reach it, too.
      document.addEventListener('ror-painted', ({ target }) => {
        const figure = target.closest('figure');
        if (figure) figure.tabIndex = figure.scrollWidth > figure.clientWidth ? 0 : -1;
      });
      // A word of art leads to the list of words; as long as that is hidden, it is explained where it stands.
      document.addEventListener('click', event => {
        const target = event.target.closest?.('main a[href^="#"]')?.hash;
        const part = target && document.getElementById(decodeURIComponent(target.slice(1)))?.closest('[data-part]');
        if (part && Number(part.dataset.part) > current && !all) event.preventDefault();
      });
    },
    cell(index, count) {
      [ran, cells] = [index, count];
    },
    done() {
      say();
      if (ran < cells) return become('failed', 'The page stopped at the message in red. ', again());
      const look = setInterval(() => {
        if (!drawn()) return;
        clearInterval(look);
        become('started', '');
        watch();
      }, 100);
    },
  };
})();
// What Voila's page calls while it is made.
window.voila_heartbeat = window.voila_process = window.voila_finish = window.update_loading_text = () => {};
