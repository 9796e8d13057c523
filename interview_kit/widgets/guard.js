// Sits unseen in each panel: keeps the notebook's shortcuts away from its fields, and tells the kernel when someone
// comes back to the window, since the file may have been changed in the meantime, and whether the page is dark. It also
// keeps the keyboard's place in the panel.

function guard(panel, model) {
  // Before any field hears it: text fields keep the key to themselves.
  panel.addEventListener("keydown", (event) => save_by_key(panel, model, event), true);
  panel.addEventListener("click", (event) => save_by_mouse(model, event), true);
  panel.addEventListener("click", follow_link);
  panel.addEventListener("click", copy_draft);
  panel.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.altKey)) event.stopPropagation();
  });
}

// A link to another notebook of the kit opens it in its own tab, where JupyterLab is told how; else it is a link.
function follow_link(event) {
  const to_part = event.target.closest?.("a[data-part]");
  if (to_part && !(event.ctrlKey || event.metaKey || event.shiftKey)) come_to_part(to_part.dataset.part);
  if (to_part?.getAttribute("href") === "#") event.preventDefault();
  const link = event.target.closest?.("a[data-notebook]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const detail = { notebook: `${link.dataset.notebook}.ipynb` };
  const asked = new CustomEvent("interview-kit:open", { detail, cancelable: true });
  if (!document.dispatchEvent(asked)) event.preventDefault();
}

// Bring a part of a page into view once it is there, unfolded, and again when what stands above it has grown since; but
// not once someone does something else.
const FOLDED = ":scope > .jupyter-widget-Collapse > .jupyter-widget-Collapse-header:has(+ .lm-mod-hidden)";
function come_to_part(name) {
  const given_up = new AbortController();
  const give_up = () => given_up.abort();
  for (const sign of ["pointerdown", "keydown", "wheel"]) addEventListener(sign, give_up, { signal: given_up.signal });
  let before = null;
  let looks = 0; // since it moved
  const look = () => {
    if (given_up.signal.aborted || looks === 20) return give_up();
    const part = [...document.getElementsByClassName(name)].find((it) => it.checkVisibility());
    part?.querySelector(FOLDED)?.click();
    const below = part && part.getBoundingClientRect().top - part.closest(".ik-panel").getBoundingClientRect().top;
    looks = part && below === before ? looks + 1 : 0;
    if (looks < 3) part?.scrollIntoView({ block: "start" });
    before = below;
    setTimeout(look, part ? 400 : 100);
  };
  look();
  setTimeout(give_up, 60_000);
}

// The text beside a button for it goes to the clipboard; where the browser does not allow that, it is selected.
function copy_draft(event) {
  const text = event.target.closest?.(".ik-copy")?.closest(".ik-copied")?.querySelector("textarea");
  if (!text) return;
  const selected = () => (text.focus(), text.select(), document.execCommand("copy"));
  navigator.clipboard ? navigator.clipboard.writeText(text.value).catch(selected) : selected();
}

function save_by_key(panel, model, event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.stopPropagation();
  document.activeElement.blur();
  const button = main_button(panel, event.target);
  if (button) press(button, model);
}

// The button that the part around a field is for; of the whole panel only where it has a single one.
function main_button(panel, field) {
  for (let box = field.parentElement; box; box = box.parentElement) {
    const found = [...box.querySelectorAll("button.ik-primary:not([disabled])")].filter((it) => it.checkVisibility());
    if (found.length) return box !== panel || found.length === 1 ? found[0] : null;
    if (box === panel) return null;
  }
}

function save_by_mouse(model, event) {
  const button = event.target.closest?.(".ik-primary");
  if (!button || button.dataset.flushed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  press(button, model);
}

// A click right after the last key would overtake the text, which is sent once the kernel is done with the letters
// before it: a word goes there and back, and once more behind the text.
async function press(button, model) {
  await flushed(model);
  await flushed(model);
  button.dataset.flushed = "yes";
  button.click();
  delete button.dataset.flushed;
}

function flushed(model) {
  const id = some_name();
  return new Promise((resolve) => {
    const hear = (message) => {
      if (message.kind !== "flushed" || message.id !== id) return;
      model.off("msg:custom", hear);
      resolve();
    };
    model.on("msg:custom", hear);
    model.send({ kind: "flush", id });
    setTimeout(resolve, 3000);
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

// A table's pages are those of its panel: of two tables on one page, each has a name of its own.
function name_pages(panel) {
  for (const pages of panel.querySelectorAll(".dt-paging nav[aria-label=pagination]")) {
    const title = pages.closest(".ik-panel").querySelector("h2");
    if (title) pages.setAttribute("aria-label", `pages: ${title.textContent}`);
  }
}

// What is folded away is unfolded by a title that only the mouse would find: the keyboard comes to it like to a button.
function name_folds(panel) {
  for (const title of panel.querySelectorAll(".jupyter-widget-Collapse-header:not([role])")) {
    const folded = title.parentElement.querySelector(".jupyter-widget-Collapse-contents");
    if (!folded) continue;
    title.tabIndex = 0;
    title.setAttribute("role", "button");
    title.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      title.click();
    });
    const tell = () => title.setAttribute("aria-expanded", !folded.classList.contains("lm-mod-hidden"));
    new MutationObserver(tell).observe(folded, { attributeFilter: ["class"] });
    tell();
  }
}

// Where the keyboard is: it goes to what was just added, and does not fall out of the panel when the control that it
// was on is taken away or drawn anew. Then it goes to the message that says what happened, or to what is nearest.
class Place {
  constructor(panel) {
    this.panel = panel;
    this.wanted = "";
    this.arrivals = [];
    for (const sign of ["pointerdown", "keydown"]) panel.addEventListener(sign, (event) => this.stay(event), true);
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
    return [...this.panel.querySelectorAll("input, select, textarea, button, a[href], [role=button]")];
  }

  messages() {
    return [...this.panel.querySelectorAll(".ik-message")];
  }

  keep() {
    const added = this.wanted && this.panel.querySelector(this.wanted);
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

  // Where something was said, in the bar at the foot or in the box that is named, the view and the keyboard go there,
  // more than once since a form may still be shrinking, and with it the page; but not once the person went on: letters
  // would be lost.
  go_to_message(where = "") {
    this.stay();
    this.arrivals = [50, 300, 700].map((wait) => setTimeout(() => this.come_to_message(where), wait));
  }

  stay(event) {
    if (["Control", "Meta", "Shift", "Alt"].includes(event?.key)) return;
    this.arrivals.splice(0).forEach(clearTimeout);
  }

  come_to_message(where) {
    const box = where ? this.panel.querySelector(where) : this.panel;
    const message = box?.querySelector(where ? ".ik-message" : ".ik-stick .ik-message");
    if (!message) return;
    message.tabIndex = -1;
    if (!message.contains(document.activeElement)) message.focus({ preventScroll: true });
    const { top, bottom } = (where ? box : message).getBoundingClientRect();
    if (top < 60 || bottom > window.innerHeight) box.scrollIntoView({ block: "nearest" });
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

// A link to a file that was written, where it lies below the folder that the server shows, or among the exports, to
// which the kit's own server has another way.
function link_files(panel) {
  const links = panel.querySelectorAll("a[data-path]:not([href])");
  if (!links.length) return;
  const { baseUrl, serverRoot, interviewKitExports } = page_config();
  if (!baseUrl) return;
  for (const link of links) {
    const { path, home } = link.dataset;
    const inside = below(serverRoot?.replace(/^~/, home), path), exported = below(interviewKitExports, path);
    if (inside) link.href = `${baseUrl}files/${inside}`;
    else if (exported) link.href = `${baseUrl}interview-kit/exports/${exported}`;
  }
}

// The part of an address for a file below a folder, nothing where it lies elsewhere.
function below(folder, path) {
  const root = folder && folder.replace(/\/+$/, "") + "/";
  return root && path.startsWith(root) ? path.slice(root.length).split("/").map(encodeURIComponent).join("/") : "";
}

// The way from a notebook to its page and back, where the server has both.
function link_face(panel) {
  const link = panel.querySelector("a[data-face][hidden]");
  const { baseUrl, interviewKitPages } = page_config();
  if (!link || !baseUrl || !interviewKitPages) return;
  const is_page = location.pathname.startsWith(`${baseUrl}voila/`);
  link.textContent = is_page ? "Open as a notebook" : "Open as a page";
  link.href = `${baseUrl}${is_page ? "lab/tree" : "voila/render"}/notebooks/${link.dataset.face}.ipynb`;
  if (!is_page) link.target = "_blank";
  link.hidden = false;
}

// Call something once the keyboard is not in a part of a panel, and nothing is searched for there.
function when_left(part, call) {
  const is_searched = [...(part?.querySelectorAll("input[type=search]") ?? [])].some((field) => field.value);
  if (is_searched || part?.contains(document.activeElement)) setTimeout(when_left, 500, part, call);
  else call();
}

const page_config = () => JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");

export default {
  render({ model, el }) {
    el.style.display = "none";
    let panel = null;
    let place = null;
    let observer = null;
    const attach = () => {
      panel = el.closest(".ik-panel");
      if (!panel) return requestAnimationFrame(attach);
      guard(panel, model);
      place = new Place(panel);
      let named = location.hash.slice(1);
      const come_to_named = () => {
        if (!named || !(panel.classList.contains(named) || panel.getElementsByClassName(named).length)) return;
        come_to_part(named);
        named = "";
      };
      const tidy = () => {
        come_to_named();
        for (const tidied of [name_groups, name_folds, name_pages, link_files, link_face]) tidied(panel);
        place.keep();
      };
      tidy();
      observer = new MutationObserver(tidy);
      observer.observe(panel, { childList: true, subtree: true, characterData: true });
      shown_again.observe(panel);
    };
    requestAnimationFrame(attach);
    model.on("msg:custom", (message) => {
      if (message.kind === "come to" && place) {
        place.stay();
        place.wanted = message.where;
        place.keep();
      }
      if (message.kind === "when left") when_left(panel?.querySelector(message.where), () => model.send({ kind: "left" }));
      if (message.kind === "come to message") place?.go_to_message(message.where);
      const begins = message.kind === "begin" && document.activeElement === document.body && !location.hash;
      if (message.kind === "come") panel?.scrollIntoView({ block: "start" });
      if (message.kind === "come" || begins) panel?.querySelector("input, textarea, select")?.focus({ preventScroll: true });
    });
    const tell_theme = () => model.send({ kind: "theme", dark: document.body.dataset.jpThemeLight === "false" });
    const theme = new MutationObserver(tell_theme);
    theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    tell_theme();
    const look = () => document.visibilityState === "visible" && model.send({ kind: "look" });
    window.addEventListener("focus", look);
    let was_hidden = false; // behind another tab of JupyterLab
    const shown_again = new IntersectionObserver(([entry]) => {
      const { width } = entry.boundingClientRect;
      if (width && was_hidden) look();
      was_hidden = !width;
    });
    document.addEventListener("visibilitychange", look);
    return () => {
      observer?.disconnect();
      theme.disconnect();
      shown_again.disconnect();
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  },
};
