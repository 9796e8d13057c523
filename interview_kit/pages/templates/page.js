// What a page does beside Voila's script, which shows what the cells gave: it says how far it is, takes the colors of the
// system, says when the kernel has stopped, and lets the kernel end with the page.
(() => {
  const by_id = (id) => document.getElementById(id);
  const told = () => JSON.parse(by_id("jupyter-config-data")?.textContent || "{}");

  // The token is in a cookie by now; an address that is copied or kept should not hold it.
  const address = new URL(location);
  address.searchParams.delete("token");
  history.replaceState(null, "", address);

  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => (document.body.dataset.jpThemeLight = String(!darkness.matches));
  darkness.addEventListener("change", follow);
  follow();

  let patience = 0;
  window.ik_step = (step, steps) => {
    const bar = document.querySelector("#ik-progress progress");
    if (bar && step > 1) Object.assign(bar, { max: steps + 1, value: step - 1 });
    clearTimeout(patience);
    patience = setTimeout(() => (by_id("ik-slow").hidden = false), 30_000);
  };
  window.voila_heartbeat = () => {};
  window.voila_finish = () => {};

  // All cells are here, and Voila's script draws what they gave; the line goes when it has.
  window.ik_read = () => {
    const done = () => {
      if (!document.querySelector(".ik-panel, .ik-failed")) return;
      clearTimeout(patience);
      by_id("ik-progress").hidden = true;
      seen.disconnect();
    };
    const seen = new MutationObserver(done);
    seen.observe(document.body, { childList: true, subtree: true });
    done();
    watch();
  };

  // Say when the kernel or the server is gone: what is shown looks alive, and is not. A kernel that was lost does not come
  // back, while a connection may.
  function watch() {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (!kernel) return setTimeout(watch, 200);
    let lost = false;
    const asleep = (is) => (by_id("ik-asleep").hidden = !(is || lost));
    const lose = () => asleep((lost = true));
    kernel.statusChanged.connect((_, status) => {
      if (["dead", "restarting", "autorestarting"].includes(status)) lose();
    });
    kernel.connectionStatusChanged.connect((_, status) => asleep(status !== "connected"));
    const look = async () => {
      if (document.visibilityState === "hidden" || lost) return;
      const answer = await fetch(`${told().baseUrl}api/kernels/${told().kernelId}`).catch(() => null);
      if (answer?.status === 404) lose();
    };
    setInterval(look, 10_000);
    document.addEventListener("visibilitychange", look);
  }

  // Voila ends the kernel before it is known that the page goes: a link to a file or to the mail would do it, too.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation());
  addEventListener("pagehide", () => {
    const { baseUrl, kernelId } = told();
    if (!kernelId) return;
    const form = new FormData();
    form.append("_xsrf", document.cookie.match("\\b_xsrf=([^;]*)\\b")?.[1] || "");
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, form);
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
