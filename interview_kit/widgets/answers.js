// Questions with a few answers each, as one stop of the Tab key: arrows move, y, n and 1 to 5 answer and go on to the
// next question, Backspace takes an answer away. A click on an answer gives it, and again takes it away; a click on the
// question goes through them.

const ANSWERS = { "yes/no": [["yes", true], ["no", false]], rating: [1, 2, 3, 4, 5].map((step) => [String(step), step]) };
const some_id = () => "ik-" + Math.random().toString(36).slice(2);

class Grid {
  constructor(model, el) {
    this.model = model;
    this.box = document.createElement("div");
    this.box.className = "ik-answers";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", model.get("label"));
    el.append(this.box);
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("focusin", (event) => this.enter(event.target));
    this.draw();
    model.on("change:rows", () => this.draw());
    model.on("change:values", () => this.mark());
  }

  draw() {
    const held = this.at && this.at.row;
    this.rows = this.model.get("rows").map((row) => this.drawn(row));
    this.box.replaceChildren(...this.rows.map((row) => row.line));
    const kept = this.rows.findIndex((row) => row.name === held);
    this.at = { row: this.rows[Math.max(kept, 0)]?.name, place: 0 };
    this.mark();
  }

  drawn(row) {
    const line = document.createElement("div");
    line.className = row.asked ? "ik-answer-row ik-asked" : "ik-answer-row";
    const question = document.createElement("span");
    question.className = "ik-question";
    question.id = some_id();
    question.textContent = row.label;
    question.title = row.prompt;
    question.addEventListener("click", () => this.cycle(row));
    const group = document.createElement("div");
    group.className = "ik-answer-group";
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-labelledby", question.id);
    const buttons = ANSWERS[row.kind].map(([text, value]) => this.button(row, text, value));
    group.append(...buttons);
    line.append(question, group);
    return { ...row, line, buttons };
  }

  button(row, text, value) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.dataset.answer = JSON.stringify(value);
    button.setAttribute("role", "radio");
    button.addEventListener("click", () => this.answer(row, value === this.model.get("values")[row.name] ? null : value));
    return button;
  }

  // What is answered, and which button the Tab key comes to.
  mark() {
    const values = this.model.get("values");
    for (const row of this.rows) {
      row.buttons.forEach((button, place) => {
        const is_given = JSON.stringify(values[row.name] ?? null) === button.dataset.answer;
        button.setAttribute("aria-checked", String(is_given));
        button.tabIndex = row.name === this.at.row && place === this.at.place ? 0 : -1;
      });
    }
  }

  answer(row, value) {
    this.model.set("values", { ...this.model.get("values"), [row.name]: value });
    this.model.save_changes();
    this.mark();
  }

  cycle(row) {
    const values = [null, ...ANSWERS[row.kind].map(([, value]) => value)];
    const at = values.indexOf(this.model.get("values")[row.name] ?? null);
    const given = (at + 1) % values.length;
    this.answer(row, values[given]);
    this.move(
      this.rows.findIndex((other) => other.name === row.name),
      given - 1,
    );
  }

  enter(target) {
    const row = this.rows.find((row) => row.buttons.includes(target));
    if (!row) return;
    this.at = { row: row.name, place: row.buttons.indexOf(target) };
    this.mark();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.rows.findIndex((row) => row.name === this.at.row);
    const row = this.rows[at];
    if (!row) return;
    const moves = {
      ArrowDown: [at + 1, this.at.place],
      ArrowUp: [at - 1, this.at.place],
      ArrowRight: [at, this.at.place + 1],
      ArrowLeft: [at, this.at.place - 1],
      Home: [0, 0],
      End: [this.rows.length - 1, 0],
    };
    const given = ANSWERS[row.kind].find(([text]) => text[0] === event.key.toLowerCase());
    if (moves[event.key]) this.move(...moves[event.key]);
    else if (given) {
      this.answer(row, given[1]);
      this.move(at + 1, this.at.place);
    } else if (event.key === "Backspace" || event.key === "Delete") this.answer(row, null);
    else return;
    event.preventDefault();
  }

  move(at, place) {
    const row = this.rows[Math.min(Math.max(at, 0), this.rows.length - 1)];
    row.buttons[Math.min(Math.max(place, 0), row.buttons.length - 1)].focus();
  }
}

export default {
  render({ model, el }) {
    new Grid(model, el);
  },
};
