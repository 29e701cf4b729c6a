// Links to the notebooks beside this one, in whatever way JupyterLab was opened, and in the walkthrough.

function address(file) {
  const here = /^(.*\/(?:(?:doc|lab|tree|notebooks)\/.*|voila\/render)\/)[^/]+\.ipynb$/.exec(location.pathname);
  if (here) return here[1] + file;
  const config = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  return `${config.baseUrl ?? "/"}doc/tree/notebooks/${file}`;
}

// Within JupyterLab a page opens beside this one, without loading JupyterLab anew, as links in its texts do.
function link(file, name, text) {
  const href = address(file);
  const path = /\/(?:doc|lab)\/(?:.*\/)?tree\/(.+)$/.exec(href)?.[1];
  const opens = path && { "data-commandlinker-command": "docmanager:open", "data-commandlinker-args": JSON.stringify({ path: decodeURIComponent(path) }) };
  return make("a", { class: name, href, ...opens }, text);
}
