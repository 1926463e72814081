// Both worlds' half of the context bridge. In scope: token, write, read, and `from`, `to`: the names of this world and the other.
const doc = document;
const given = new Map();
const waiting = new Map();
let last = 0;

/** @param {object} message what the other world is told at once */
const tell = (message) =>
  doc.dispatchEvent(new CustomEvent(`${token}:${to}`, { detail: JSON.stringify(message) }));

const functions = {
  give(work) {
    const id = `${from}${++last}`;
    given.set(id, work);
    return id;
  },
  take:
    (id) =>
    (...args) => {
      const call = ++last;
      const answer = {};
      waiting.set(call, answer);
      tell({ call, id, args: write(args, functions) });
      if ('error' in answer) throw new Error(answer.error);
      if ('value' in answer) return read(answer.value, functions);
      return new Promise((resolve, reject) => {
        answer.resolve = (value) => resolve(read(value, functions));
        answer.reject = (message) => reject(new Error(message));
      });
    },
};

const messageOf = (error) => (error instanceof Error ? error.message : String(error));

doc.addEventListener(`${token}:${from}`, (event) => {
  const message = JSON.parse(event.detail);
  if ('call' in message) answerCall(message);
  else if ('expose' in message) hearExposed(message);
  else settle(message);
});

function answerCall({ call, id, args }) {
  try {
    const result = given.get(id)(...read(args, functions));
    if (result instanceof Promise) {
      tell({ answer: call, promise: true });
      result.then(
        (value) => tell({ answer: call, value: write(value, functions) }),
        (error) => tell({ answer: call, error: messageOf(error) }),
      );
    } else tell({ answer: call, value: write(result, functions) });
  } catch (error) {
    tell({ answer: call, error: messageOf(error) });
  }
}

function settle({ answer: call, promise, value, error }) {
  const answer = waiting.get(call);
  if (!answer || promise) return;
  waiting.delete(call);
  if (error !== undefined) (answer.reject ?? ((text) => (answer.error = text)))(error);
  else (answer.resolve ?? ((text) => (answer.value = text)))(value);
}
