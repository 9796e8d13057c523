// Sits unseen in each panel: keeps the notebook's shortcuts away from its fields, and tells the kernel when someone
// comes back to the window, since the file may have been changed in the meantime, and whether the page is dark.

function guard(panel) {
  panel.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      document.activeElement.blur();
      panel.querySelector(".ik-primary:not([disabled])")?.click();
    } else if (!modified) {
      event.stopPropagation();
    }
  });
}

// What the controls look like to a screen reader: groups of radio buttons have a name, errors belong to their field.
function name_groups(panel) {
  for (const group of panel.querySelectorAll(".widget-radio")) {
    const box = group.querySelector(".widget-radio-box");
    const label = group.querySelector(".widget-label");
    if (box && label && !box.hasAttribute("aria-label")) {
      box.setAttribute("role", "radiogroup");
      box.setAttribute("aria-label", label.textContent);
    }
  }
  for (const error of panel.querySelectorAll(".ik-error")) {
    const control = error.parentElement.querySelector("input, select, textarea");
    if (!control) continue;
    error.id ||= "ik-" + Math.random().toString(36).slice(2);
    control.setAttribute("aria-describedby", error.id);
    control.setAttribute("aria-invalid", error.textContent.trim() ? "true" : "false");
  }
}

// A link to a file that was written, where it lies below the folder that the server shows.
function link_files(panel) {
  const links = panel.querySelectorAll("a[data-path]:not([href])");
  if (!links.length) return;
  const { baseUrl, serverRoot } = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");
  for (const link of links) {
    const root = serverRoot?.replace(/^~/, link.dataset.home).replace(/\/+$/, "") + "/";
    if (!baseUrl || !serverRoot || !link.dataset.path.startsWith(root)) continue;
    const inside = link.dataset.path.slice(root.length).split("/").map(encodeURIComponent).join("/");
    link.href = `${baseUrl}files/${inside}`;
  }
}

export default {
  render({ model, el }) {
    el.style.display = "none";
    let panel = null;
    let observer = null;
    const attach = () => {
      panel = el.closest(".ik-panel");
      if (!panel) return requestAnimationFrame(attach);
      guard(panel);
      const tidy = () => (name_groups(panel), link_files(panel));
      tidy();
      observer = new MutationObserver(tidy);
      observer.observe(panel, { childList: true, subtree: true, characterData: true });
    };
    requestAnimationFrame(attach);
    model.on("msg:custom", (message) => {
      if (message.kind === "come" && panel) {
        panel.scrollIntoView({ block: "start" });
        panel.querySelector("input, textarea, select")?.focus({ preventScroll: true });
      }
    });
    const tell_theme = () => model.send({ kind: "theme", dark: document.body.dataset.jpThemeLight === "false" });
    const theme = new MutationObserver(tell_theme);
    theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    tell_theme();
    const look = () => document.visibilityState === "visible" && model.send({ kind: "look" });
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      observer?.disconnect();
      theme.disconnect();
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  },
};
