// Runs a notebook of the kit when it is opened, after a reload and after a restart of its kernel; never lets it be
// "unsaved" while its cells are as shipped; and makes room for it. All other notebooks are left alone.

const AFTER_RESTART = 500; // milliseconds in which someone else, such as "Restart and Run All", may run it
const SETTLING = 1000; // milliseconds after JupyterLab has opened what was open before

const settings = JSON.parse(document.getElementById("jupyter-config-data")?.textContent || "{}");

// What makes a notebook the one that was shipped, as `tests/make_digests.py` writes it too: the kind and the text
// of its cells.
const text_of = (model) => JSON.stringify([...model.cells].map((cell) => [cell.type, cell.sharedModel.getSource()]));

async function digest_of(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Only in the folder that the kit put its notebooks into: elsewhere, a file beside a true copy could be run in the place
// of what the copy imports.
const is_in_our_folder = (path) => /^notebooks\/[^/]+$/.test(path);

async function is_shipped(path, text) {
  return is_in_our_folder(path) && (settings.interviewKitDigests || []).includes(await digest_of(text));
}

const code_cells = (panel) => panel.content.widgets.filter((cell) => cell.model.type === "code");

// Resolve once a node can be seen; what lies behind another tab is run when someone turns to it.
function in_sight(node) {
  return new Promise((resolve) => {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      resolve();
    });
    seen.observe(node);
  });
}

// Call something whenever a cell of a notebook is about to run, whoever runs it.
function when_a_cell_runs(panel, notebooks, call) {
  const hear = (_, { notebook }) => notebook === panel.content && call();
  notebooks.executionScheduled.connect(hear);
  panel.disposed.connect(() => notebooks.executionScheduled.disconnect(hear));
}

// Say something in a line above a notebook, with a button for what to do about it, until one of its cells is run.
function say_above(panel, { Widget, NotebookActions }, text, label, act) {
  const line = new Widget();
  line.addClass("ik-line");
  line.node.style.minHeight = "44px"; // at once, since JupyterLab makes room for it before the sheet is there
  const words = document.createElement("span");
  words.textContent = text;
  const button = document.createElement("button");
  button.textContent = label;
  button.addEventListener("click", act);
  line.node.setAttribute("role", "status");
  line.node.append(words, button);
  panel.contentHeader.addWidget(line);
  when_a_cell_runs(panel, NotebookActions, () => line.dispose());
}

function tell_changed(panel, lab) {
  const text =
    "This notebook was changed, so it does not run by itself: choose Run, then Run All Cells, if you trust what it does.";
  say_above(panel, lab, text, "Run it", () => lab.NotebookActions.runAll(panel.content, panel.sessionContext));
}

class Shipped {
  constructor(panel, text, lab, settled) {
    this.panel = panel;
    this.text = text;
    this.settled = settled;
    this.lab = lab;
    this.restarted = false;
    this.waits = false;
  }

  start() {
    this.panel.addClass("ik-shipped");
    show_code_on_demand(this.panel);
    this.stay_saved();
    this.run();
    this.run_after_restarts();
  }

  is_unchanged() {
    return !this.panel.isDisposed && text_of(this.panel.context.model) === this.text;
  }

  // The file has the shipped cells, and so has the page: what differs are outputs, and nothing is lost with them. This
  // waits for the end of the signal, since those who hear it after us would else hear "saved" before "unsaved".
  stay_saved() {
    const { context } = this.panel;
    let on_disk = true;
    const tidy = () => {
      if (on_disk && context.model.dirty && this.is_unchanged()) context.model.dirty = false;
    };
    context.saveState.connect((_, state) => {
      if (state === "completed") on_disk = this.is_unchanged();
    });
    context.model.stateChanged.connect((_, change) => {
      if (change.name === "dirty" && change.newValue) queueMicrotask(tidy);
    });
    tidy();
  }

  async run() {
    const { content, context, sessionContext, node } = this.panel;
    if (this.waits) return;
    this.waits = true;
    this.panel.addClass("ik-runs");
    // Until the page has settled, a notebook that was open before is in sight for a moment; the one that was asked for
    // goes first.
    if (context.path !== settings.treePath) await this.settled;
    await in_sight(node);
    await sessionContext.ready;
    await sessionContext.session?.kernel?.info;
    this.waits = false;
    if (sessionContext.session?.kernel && this.is_unchanged()) {
      await this.lab.NotebookActions.runCells(content, code_cells(this.panel), sessionContext);
    }
    this.panel.removeClass("ik-runs");
  }

  // It was shut down, which may have been meant, or could not be restarted.
  tell_stopped() {
    const text = "Python has stopped, so nothing here is saved until it runs again. What you typed is kept.";
    say_above(this.panel, this.lab, text, "Start it again", () => this.panel.sessionContext.startKernel());
  }

  run_after_restarts() {
    const { sessionContext } = this.panel;
    this.panel._autorestarting = true; // else JupyterLab says in a dialog that the kernel died; any other status resets it
    sessionContext.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") this.restarted = true;
      else if (status === "dead") this.tell_stopped();
      else if (status === "idle" && this.restarted) setTimeout(() => this.run_once_more(), AFTER_RESTART);
      this.panel._autorestarting = true;
    });
    sessionContext.kernelChanged.connect((_, change) => {
      if (change.newValue) this.restarted = true;
    });
    when_a_cell_runs(this.panel, this.lab.NotebookActions, () => {
      this.restarted = false;
    });
  }

  run_once_more() {
    if (!this.restarted) return;
    this.restarted = false;
    this.run();
  }
}

// Keep the code and the tools for it out of sight, one click away.
function show_code_on_demand(panel) {
  const cells = code_cells(panel);
  const button = document.createElement("button");
  button.className = "ik-code-button";
  const show = (shown) => {
    panel.toggleClass("ik-no-code", !shown);
    panel.toolbar.setHidden(!shown);
    for (const cell of cells) cell.inputHidden = !shown;
    button.textContent = shown ? "Hide the code" : "Show the code";
    button.setAttribute("aria-expanded", shown);
  };
  button.addEventListener("click", () => show(panel.hasClass("ik-no-code")));
  // It goes up with the page, so that it lies on nothing that is scrolled to where it was.
  const follow = ({ target }) => {
    if (target.matches(".jp-WindowedPanel-outer")) button.style.setProperty("--ik-scrolled", `${-target.scrollTop}px`);
  };
  panel.content.node.addEventListener("scroll", follow, true);
  panel.node.append(button);
  show(false);
}

// Return what folds the list of files away, once, and only where JupyterLab has kept no arrangement of someone's.
function once_if_new(shell) {
  const is_new = shell.restored.then((layout) => {
    let due = layout.fresh === true;
    return () => due && !(due = false);
  });
  return async () => (await is_new)() && shell.collapseLeft();
}

// A link in a panel opens another notebook of the same folder in its own tab.
function open_beside(app, tracker, event) {
  const here = tracker.currentWidget?.context.path;
  if (!here) return;
  event.preventDefault();
  const folder = here.slice(0, here.lastIndexOf("/") + 1);
  app.commands.execute("docmanager:open", { path: folder + event.detail.notebook });
}

function add_sheet(address) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
}

export async function make_plugin(load, sheet) {
  const names = ["@jupyterlab/notebook", "@jupyterlab/application", "@lumino/widgets"];
  const lab = Object.assign({}, ...(await Promise.all(names.map(load))));

  async function attend(panel, settled, make_room) {
    await panel.context.ready;
    if (panel.context.model.getMetadata("interview_kit")?.run_on_open !== true) return;
    make_room();
    const text = text_of(panel.context.model);
    if (await is_shipped(panel.context.path, text)) new Shipped(panel, text, lab, settled).start();
    else tell_changed(panel, lab);
  }

  return {
    id: "interview-kit:run-on-open",
    description: "Runs the kit's own notebooks when they are opened.",
    autoStart: true,
    requires: [lab.INotebookTracker, lab.ILabShell],
    activate(app, tracker, shell) {
      add_sheet(sheet);
      const make_room = once_if_new(shell);
      const settled = app.restored.then(() => new Promise((resolve) => setTimeout(resolve, SETTLING)));
      document.addEventListener("interview-kit:open", (event) => open_beside(app, tracker, event));
      tracker.widgetAdded.connect((_, panel) => attend(panel, app.settled, make_room));
    },
  };
}
