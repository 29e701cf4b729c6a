// A JupyterLab extension written by hand, without a build step. It touches the course's own pages and nothing else:
// starts a page by itself (only if Jupyter trusts it and its code is exactly what the course wrote), puts a large
// Start button above it otherwise and after a restart, and explains words of art on hover and focus.
(() => {
  let shared; // the modules that JupyterLab shares with its extensions
  const here = document.currentScript.src;
  const use = async name => (await Object.values(shared[name])[0].get())();
  const patience = import(new URL('patience.js', here)).catch(console.error);

  const SAYS = {
    waiting: ['', 'The page is starting …'],
    ready: ['Start this page', 'Pictures and questions appear when you press the button.'],
    restarted: ['Start again', 'The page was stopped. What you answered is kept.'],
    failed: ['Start again', 'The page stopped at the message in red below.'],
    started: ['', ''],
  };

  const codeCells = panel => [...panel.content.model.cells].filter(cell => cell.type === 'code');

  /** Jupyter's own verdict (every code cell trusted) and, stricter, code that is exactly the course's. */
  const mayStartItself = (panel, written) =>
    codeCells(panel).every(cell => cell.trusted) &&
    JSON.stringify(codeCells(panel).map(cell => [cell.id, cell.sharedModel.getSource()])) === JSON.stringify(written);

  async function until(condition, seconds) {
    for (const end = Date.now() + 1000 * seconds; !condition(); ) {
      if (Date.now() > end) return false;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return true;
  }

  async function accompany(panel, pages, { NotebookActions, Widget }) {
    await panel.context.ready;
    const written = pages[panel.context.path];
    if (!written || panel.isDisposed) return;
    panel.addClass('course-page');
    const bar = new Widget();
    bar.addClass('course-bar');
    bar.node.setAttribute('role', 'region');
    bar.node.setAttribute('aria-label', 'Start of the page');
    const button = bar.node.appendChild(document.createElement('button'));
    const says = bar.node.appendChild(document.createElement('span'));
    says.setAttribute('role', 'status');
    panel.contentHeader.addWidget(bar);

    let state;
    const become = next => {
      state = next;
      [button.textContent, says.textContent] = SAYS[next];
      button.hidden = !button.textContent;
      bar.setHidden(next === 'started');
      panel.node.dataset.course = next;
    };

    const start = async () => {
      become('waiting');
      const session = panel.sessionContext;
      await Promise.all([session.ready, patience]);
      // Widgets need their manager before the first cell runs; it arrives a moment after the page.
      const widgets = 'application/vnd.jupyter.widget-view+json';
      await until(() => panel.content.rendermime.mimeTypes.includes(widgets), 10);
      if (!session.session?.kernel) return become('ready');
      // What an earlier start of this page left in the kernel must have arrived before the cells close it.
      const kernel = session.session.kernel;
      const left = await kernel.requestCommInfo({ target_name: 'jupyter.widget' });
      await until(() => Object.keys(left.content.comms ?? {}).every(id => kernel.hasComm(id)), 5);
      const page = panel.content;
      const [place, active] = [page.outerNode.scrollTop, page.activeCellIndex];
      const done = await NotebookActions.runAll(page, session);
      page.deselectAll();
      if (done) [page.outerNode.scrollTop, page.activeCellIndex] = [place, active];
      if (state !== 'waiting') return; // restarted meanwhile
      // Saved now, so that closing the window asks nothing; what is saved is the page as it was built.
      const { model, contentsModel } = panel.context;
      if (done && model.dirty && contentsModel?.writable) await panel.context.save().catch(() => {});
      if (state === 'waiting') become(done ? 'started' : 'failed');
    };
    button.onclick = start;

    panel.sessionContext.statusChanged.connect((_, status) => {
      const over = ['restarting', 'autorestarting', 'terminating', 'dead'].includes(status);
      if (over && state !== 'ready') become('restarted');
    });
    NotebookActions.executed.connect((_, { notebook, success }) => {
      const all = codeCells(panel).every(cell => cell.executionCount);
      if (notebook === panel.content && success && all && state !== 'waiting') become('started');
    });

    if (!mayStartItself(panel, written)) return become('ready');
    await start();
  }

  async function extension() {
    const [notebook, core, lumino] = await Promise.all(
      ['@jupyterlab/notebook', '@jupyterlab/coreutils', '@lumino/widgets'].map(use)
    );
    const activate = (app, tracker) => {
      const pages = JSON.parse(core.PageConfig.getOption('coursePages') || '{}');
      const style = document.head.appendChild(document.createElement('link'));
      [style.rel, style.href] = ['stylesheet', new URL('course.css', here).href];
      const { NotebookActions } = notebook;
      const tools = { NotebookActions, Widget: lumino.Widget };
      tracker.widgetAdded.connect((_, panel) => accompany(panel, pages, tools).catch(console.error));
      import(new URL('words.js', here)).then(words => words.explainWords()).catch(console.error);
    };
    const plugin = { id: 'retain-or-release:course', autoStart: true, requires: [notebook.INotebookTracker], activate };
    return () => ({ __esModule: true, default: plugin });
  }

  (window._JUPYTERLAB ??= {})['retain-or-release'] = { init: scope => { shared = scope; }, get: extension };
})();
