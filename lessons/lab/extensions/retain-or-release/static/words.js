// Words of art are explained on hover and focus, in JupyterLab and in the walkthrough.

/** A word of art carries its explanation as a title; this shows it also on focus, and Escape closes it. */
export function explainWords() {
  const box = document.createElement('div');
  box.id = 'course-word';
  box.setAttribute('role', 'tooltip');
  box.hidden = true;
  document.body.appendChild(box);
  let link; // the word that is being explained
  const place = () => {
    const [at, size] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`;
    box.style.top = `${at.bottom + size.height + 8 < innerHeight ? at.bottom + 4 : at.top - size.height - 4}px`;
  };
  const word = event => event.target.closest?.('.course-page a.term');
  const show = event => {
    if (!word(event)) return;
    link = word(event);
    if (link.title) {
      link.dataset.plain = link.title; // else the browser shows a second box
      link.removeAttribute('title');
      link.setAttribute('aria-describedby', box.id);
    }
    box.textContent = link.dataset.plain;
    box.hidden = false;
    place();
  };
  const hide = event => { if (event.key === 'Escape' || word(event) && !event.key) box.hidden = true; };
  for (const kind of ['mouseover', 'focusin']) document.addEventListener(kind, show);
  for (const kind of ['mouseout', 'focusout', 'keydown']) document.addEventListener(kind, hide);
  document.addEventListener('scroll', () => { if (!box.hidden) place(); }, true);
  document.addEventListener('click', event => { // the link leads to the list of words, which lies folded
    const list = word(event)?.closest('.course-page').querySelectorAll('.jp-Cell details');
    if (list?.length) list[list.length - 1].open = true;
  });
}
