// Stacked columns of messages per window, and below them the mean polarity.
import { signed, sorted, styleOf, whole } from "./labels.js";

const SVG = "http://www.w3.org/2000/svg";
export const SIZES = { "1s": 1000, "1m": 60_000, "1h": 3_600_000 };

function shape(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The next number that looks round, and whose half is whole. */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 2, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

export class Chart {
  #windows = new Map();
  #size = "1s";
  #selected = null;
  #columns = [];
  #place = null;

  constructor(parts) {
    this.parts = parts;
    const { box } = parts;
    box.addEventListener("keydown", (event) => this.#key(event));
    box.addEventListener("pointermove", (event) => this.#point(event));
    box.addEventListener("pointerleave", () => this.#select(null));
    box.addEventListener("blur", () => this.#select(null));
    new ResizeObserver(() => this.draw()).observe(box);
  }

  /** Begins anew with the windows of one size. */
  reset(size, windows) {
    this.#size = size;
    this.#windows.clear();
    windows.forEach((window) => this.#put(window));
    this.draw();
  }

  /** Takes the later state of a window. The caller draws. */
  update(window) {
    if (window.sizeMs === SIZES[this.#size]) this.#put(window);
  }

  #put(window) {
    const start = Date.parse(window.start);
    if (!this.#windows.has(start)) this.#windows.set(start, new Map());
    this.#windows.get(start).set(JSON.stringify([window.source, window.language]), window);
    if (this.#windows.size > 2000) this.#windows.delete(Math.min(...this.#windows.keys()));
  }

  #sum(start) {
    const sum = { start, count: 0, polarity: 0, labels: {} };
    for (const window of this.#windows.get(start)?.values() ?? []) {
      sum.count += window.count;
      sum.polarity += window.meanPolarity * window.count;
      for (const [label, count] of Object.entries(window.labels)) {
        sum.labels[label] = (sum.labels[label] ?? 0) + count;
      }
    }
    if (sum.count) sum.polarity /= sum.count;
    return sum;
  }

  draw() {
    const { box, svg, empty } = this.parts;
    const width = box.clientWidth;
    const height = box.clientHeight;
    if (!width || !height) return;
    const step = SIZES[this.#size];
    const number = width < 520 ? 30 : 60;
    // A clock that is somewhat ahead has its windows shown too.
    const newest = Math.max(Math.floor(Date.now() / step) * step, ...this.#windows.keys());
    const last = Math.min(newest, Math.floor(Date.now() / step) * step + 2 * step);
    this.#columns = Array.from({ length: number }, (_, i) => this.#sum(last - (number - 1 - i) * step));
    const area = { left: 44, right: width - 4, top: 8, foot: height - 104, low: height - 34, high: height - 84, width, height };
    area.step = (area.right - area.left) / number;
    this.#place = area;
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const any = this.#columns.some((column) => column.count);
    empty.hidden = any;
    const shapes = [];
    this.#axes(shapes, area, round(Math.max(...this.#columns.map((column) => column.count), 4)), step);
    if (any) this.#data(shapes, area);
    svg.replaceChildren(...shapes);
    this.#describe();
  }

  #axes(shapes, area, top, step) {
    area.scale = (area.foot - area.top) / top;
    for (const share of [0, 0.5, 1]) {
      const y = area.foot - share * top * area.scale;
      shapes.push(shape("line", { class: "grid", x1: area.left, x2: area.right, y1: y, y2: y }));
      shapes.push(shape("text", { x: area.left - 8, y: y + 4, "text-anchor": "end" }, whole(top * share)));
    }
    const middle = (area.low + area.high) / 2;
    shapes.push(shape("line", { class: "zero", x1: area.left, x2: area.right, y1: middle, y2: middle }));
    for (const [text, y] of [["+1", area.high + 4], ["0", middle + 4], ["−1", area.low + 4]]) {
      shapes.push(shape("text", { x: area.left - 8, y, "text-anchor": "end" }, text));
    }
    const every = Math.ceil(this.#columns.length / Math.max(2, Math.floor(area.width / 110)));
    this.#columns.forEach((column, i) => {
      if ((this.#columns.length - 1 - i) % every) return;
      const x = area.left + (i + 0.5) * area.step;
      const anchor = i === this.#columns.length - 1 ? "end" : "middle";
      shapes.push(shape("text", { x: anchor === "end" ? area.right : x, y: area.height - 8, "text-anchor": anchor }, this.#time(column.start, step)));
    });
  }

  #data(shapes, area) {
    const middle = (area.low + area.high) / 2;
    const half = (area.low - area.high) / 2;
    const gap = area.step > 6 ? 2 : 0.5;
    let path = "";
    let pen = "M";
    this.#columns.forEach((column, i) => {
      const x = area.left + i * area.step;
      if (column === this.#columns[this.#selected]) {
        shapes.push(shape("rect", { class: "cursor", x, width: area.step, y: area.top, height: area.low - area.top }));
      }
      if (!column.count) { pen = "M"; return; }
      let y = area.foot;
      for (const [label, count] of sorted(column.labels)) {
        const height = count * area.scale;
        y -= height;
        shapes.push(shape("rect", { class: styleOf(label), x: x + gap / 2, y, width: area.step - gap, height: Math.max(0.5, height - 0.5), rx: 1 }));
      }
      const at = `${(x + area.step / 2).toFixed(1)},${(middle - column.polarity * half).toFixed(1)}`;
      if (pen === "M") {
        const [cx, cy] = at.split(",");
        shapes.push(shape("circle", { class: "mark", cx, cy, r: 1.8 }));
      }
      path += pen + at;
      pen = "L";
    });
    shapes.push(shape("path", { class: "curve", d: path || "M0,0" }));
  }

  #time(start, step) {
    const time = new Date(start);
    if (step === SIZES["1h"]) return time.toLocaleString("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });
    const seconds = step === SIZES["1s"] ? { second: "2-digit" } : {};
    return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...seconds });
  }

  #words(column) {
    const lines = [this.#time(column.start, SIZES[this.#size]), `${whole(column.count)} messages`];
    sorted(column.labels).reverse().forEach(([label, count]) => lines.push(`${label} ${whole(count)}`));
    if (column.count) lines.push(`mean polarity ${signed(column.polarity)}`);
    return lines;
  }

  #key(event) {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") this.#select(null);
    if (!move) return;
    event.preventDefault();
    const from = this.#selected ?? this.#columns.length - (move < 0 ? 0 : 1);
    this.#select(Math.min(this.#columns.length - 1, Math.max(0, from + move)));
    this.parts.words.textContent = this.#words(this.#columns[this.#selected]).join(", ");
  }

  #point(event) {
    const x = event.clientX - this.parts.box.getBoundingClientRect().left - (this.#place?.left ?? 0);
    const column = Math.floor(x / (this.#place?.step ?? 1));
    this.#select(column >= 0 && column < this.#columns.length ? column : null);
  }

  #select(column) {
    if (column === this.#selected) return;
    this.#selected = column;
    this.draw();
  }

  #describe() {
    const { tip, box } = this.parts;
    const column = this.#columns[this.#selected];
    tip.hidden = !column;
    if (!column) return;
    tip.textContent = this.#words(column).join("\n");
    const x = this.#place.left + (this.#selected + 0.5) * this.#place.step;
    const room = box.clientWidth - tip.offsetWidth - 12;
    tip.style.left = `${Math.max(0, x + 12 > room ? x - tip.offsetWidth - 12 : x + 12)}px`;
  }
}
