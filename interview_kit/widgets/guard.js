// Sits unseen in each panel: keeps the notebook's shortcuts away from its fields, and tells the kernel when someone
// comes back to the window, since the file may have been changed in the meantime, and whether the page is dark. It also
// keeps the keyboard's place in the panel.

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

const some_name = () => "ik-" + Math.random().toString(36).slice(2);

// What the controls look like to a screen reader: groups of radio buttons have a name, errors belong to their field.
function name_groups(panel) {
  for (const group of panel.querySelectorAll(".widget-radio")) {
    const box = group.querySelector(".widget-radio-box");
    const label = group.querySelector(".widget-label");
    // Buttons of one name are one stop of the Tab key; the arrow keys move among them.
    for (const answer of group.querySelectorAll("input[type=radio]:not([name])")) {
      answer.name = group.dataset.name ||= some_name();
    }
    if (box && label && !box.hasAttribute("aria-label")) {
      box.setAttribute("role", "radiogroup");
      box.setAttribute("aria-label", label.textContent);
    }
  }
  for (const error of panel.querySelectorAll(".ik-error")) {
    const control = error.parentElement.querySelector("input, select, textarea");
    if (!control) continue;
    error.id ||= some_name();
    control.setAttribute("aria-describedby", error.id);
    control.setAttribute("aria-invalid", error.textContent.trim() ? "true" : "false");
  }
}

// Where the keyboard is: it goes to what was just added, and does not fall out of the panel when the control that it
// was on is taken away or drawn anew. Then it goes to the message that says what happened, or to what is nearest.
class Place {
  constructor(panel) {
    this.panel = panel;
    this.wanted = "";
    panel.addEventListener("focusin", (event) => this.hold(event.target));
    panel.addEventListener("focusout", () => setTimeout(() => this.let_go()));
  }

  hold(control) {
    this.held = control;
    this.around = this.controls();
    this.known = this.messages().map((message) => message.textContent);
  }

  let_go() {
    if (this.held?.isConnected && document.activeElement !== this.held) this.held = null;
  }

  controls() {
    return [...this.panel.querySelectorAll("input, select, textarea, button, a[href]")];
  }

  messages() {
    return [...this.panel.querySelectorAll(".ik-message")];
  }

  keep() {
    const added = this.wanted && this.panel.querySelector(`${this.wanted} .ik-field:first-child`);
    const field = added && added.querySelector("input, select, textarea");
    if (field) {
      this.wanted = "";
      field.focus();
    }
    if (this.held && !this.held.isConnected) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find_back(), 250);
    }
  }

  find_back() {
    if (!this.held || this.held.isConnected) return;
    const nowhere = !document.activeElement || document.activeElement === document.body;
    const target = nowhere && (this.messages().findLast((it) => !this.known.includes(it.textContent)) || this.nearest());
    this.held = null;
    if (!target) return;
    if (target.matches(".ik-message")) target.tabIndex = -1;
    target.focus();
  }

  nearest() {
    const usable = (control) => control.isConnected && !control.disabled && control.checkVisibility();
    const at = this.around.indexOf(this.held);
    const now = this.controls().filter(usable);
    return this.around.slice(at + 1).find(usable) || now[Math.min(Math.max(at, 0), now.length - 1)];
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
    let place = null;
    let observer = null;
    const attach = () => {
      panel = el.closest(".ik-panel");
      if (!panel) return requestAnimationFrame(attach);
      guard(panel);
      place = new Place(panel);
      const tidy = () => (name_groups(panel), link_files(panel), place.keep());
      tidy();
      observer = new MutationObserver(tidy);
      observer.observe(panel, { childList: true, subtree: true, characterData: true });
    };
    requestAnimationFrame(attach);
    model.on("msg:custom", (message) => {
      if (message.kind === "come to" && place) {
        place.wanted = message.where;
        place.keep();
      }
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
