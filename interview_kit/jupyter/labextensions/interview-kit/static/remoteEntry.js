// What JupyterLab loads: a container as its own builds make one, written by hand, so that nothing has to be built.
(() => {
  // The address ends in a digest of these files, since JupyterLab lets browsers keep them for a year.
  const here = new URL(document.currentScript.src);
  const beside = (name) => new URL(name + here.search, here);
  let shared = {};

  // Return one of JupyterLab's own modules.
  const load = async (name) => {
    const [offered] = Object.values(shared[name]);
    return (await offered.get())();
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["interview-kit"] = {
    init(scope) {
      shared = scope;
    },
    async get() {
      const { make_plugin } = await import(beside("plugin.js"));
      const plugin = await make_plugin(load, beside("style.css"));
      return () => ({ __esModule: true, default: [plugin] });
    },
  };
})();
