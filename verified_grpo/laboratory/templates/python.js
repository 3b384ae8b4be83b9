"use strict";
// A worker that runs Python, as a page asks it: one question at a time, the others wait for their turn.
class PagePython {
  constructor(folder, archives, source) {
    Object.assign(this, { folder, archives, source, waiting: [], running: null, isReady: false, started: 0 });
  }

  // Why there can be no Python on this page, or nothing.
  static missing() {
    if (location.protocol === "file:")
      return "This page was opened as a file, and browsers load no Python for a file. Type: verified-grpo serve FOLDER, " +
        "with the folder of this page, and open the address that it prints.";
    if (typeof WebAssembly !== "object") return "This browser has no WebAssembly, which Python needs here.";
    return "";
  }

  static seconds(milliseconds) {
    return milliseconds < 10 ? "less than 0.01 s" : `${(milliseconds / 1000).toFixed(milliseconds < 995 ? 2 : 1)} s`;
  }

  start() {
    if (this.worker) return;
    const name = new URL(`${this.folder}/worker.js`, document.baseURI);
    this.worker = new Worker(name, { type: "module" });
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = (event) => this.broken(event.message || "its files are not beside this page");
    this.worker.postMessage({ archives: this.archives, source: this.source });
  }

  // The text that a function returns, and how many milliseconds it took.
  ask(call, texts, data) {
    return this.enqueue({ call, texts, data });
  }

  // Archives that are needed after all.
  add(archives) {
    return this.enqueue({ add: archives });
  }

  enqueue(message) {
    this.start();
    return new Promise((resolve, reject) => {
      this.waiting.push({ message, resolve, reject });
      this.next();
    });
  }

  next() {
    if (!this.isReady || this.running || !this.waiting.length) return;
    this.running = this.waiting.shift();
    this.started = performance.now();
    this.worker.postMessage({ id: 1, ...this.running.message });
  }

  heard({ ready, milliseconds, text, fault }) {
    if (ready) {
      this.isReady = true;
      this.onready?.(milliseconds);
    } else if (this.running) {
      const { resolve, reject } = this.running;
      this.running = null;
      if (fault === undefined) resolve({ text, milliseconds });
      else reject(new Error(fault));
    } else if (fault !== undefined) {
      this.broken(fault);
      return;
    }
    this.next();
  }

  broken(reason) {
    this.stop(`Python could not be started: ${reason}`);
  }

  // Forgets what waits, and ends what has run for longer than so many milliseconds.
  cancel(patience) {
    const left = this.waiting;
    this.waiting = [];
    for (const { reject } of left) reject(new Error("another question came"));
    if (this.running && performance.now() - this.started > patience) this.stop("another question came");
  }

  // Ends what runs and forgets what waits; the next question starts anew.
  stop(reason) {
    this.worker?.terminate();
    const left = [this.running, ...this.waiting].filter(Boolean);
    Object.assign(this, { worker: null, isReady: false, running: null, waiting: [] });
    for (const { reject } of left) reject(new Error(reason));
  }
}
