// Python in a thread of its own, beside the page: it is loaded from the files beside this one and from nowhere
// else, runs one function of the package at a time, and answers with the text that this returns.
//
// Messages to it: {archives: [[file, format], ...], source}, once; then {id, call, texts, data}, where data, if
// any, are the bytes of a file that is called texts[0], or {id, add: [[file, format], ...]}, archives that are needed
// after all. From it: {ready, milliseconds}, {id, text, milliseconds} and {id, fault}.
import { loadPyodide } from "./pyodide.mjs";

const PACKAGE = "/package", FILES = "/files";
let python = null;
let functions = null;

async function bytes(name) {
  const answer = await fetch(new URL(name, import.meta.url)).catch(() => ({ ok: false, status: "no answer" }));
  if (!answer.ok) throw new Error(`${name} is not beside this page (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}

async function unpack(archives, fetching = archives.map(([name]) => bytes(name))) {
  for (const [k, [, format]] of archives.entries())
    python.unpackArchive(await fetching[k], format, { extractDir: PACKAGE });
  python.runPython("import importlib; importlib.invalidate_caches()");
}

async function start({ archives, source }) {
  const began = performance.now();
  const fetching = archives.map(([name]) => bytes(name));
  for (const one of fetching) one.catch(() => {}); // awaited below
  python = await loadPyodide({ indexURL: new URL(".", import.meta.url).href, stdout: () => {}, stderr: () => {} });
  await unpack(archives, fetching);
  functions = python.globals.get("dict")();
  // Files of a reader lie where nothing is imported from, whatever they are called.
  python.FS.mkdirTree(FILES);
  python.runPython(`
import os, sys
sys.path[:] = ["${PACKAGE}", *(place for place in sys.path if place not in ("", os.getcwd()))]
os.chdir("${FILES}")`);
  python.runPython(source, { globals: functions });
  return Math.round(performance.now() - began);
}

function call({ call: name, texts, data }) {
  if (!data) return functions.get(name)(...texts);
  python.FS.writeFile(`${FILES}/${texts[0]}`, new Uint8Array(data));
  try {
    return functions.get(name)(...texts);
  } finally {
    python.FS.unlink(`${FILES}/${texts[0]}`);
  }
}

self.onmessage = async ({ data: message }) => {
  const { id } = message;
  try {
    if (message.archives) {
      self.postMessage({ ready: true, milliseconds: await start(message) });
      return;
    }
    const began = performance.now();
    const text = message.add ? ((await unpack(message.add)), "") : call(message);
    self.postMessage({ id, text, milliseconds: performance.now() - began });
  } catch (error) {
    self.postMessage({ id, fault: String(error.message ?? error).trim().split("\n").at(-1) });
  }
};
