/** Stops what cannot be stopped from within: code that loops without ever calling its machine. */
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** Thrown when the worker has not answered in time. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}

/**
 * Runs a module in a thread of its own until it posts a message, and ends the thread. The module
 * gets `options.workerData`, and is to import the layer itself: classes cannot be sent.
 */
export function inThread<T>(
  module: URL,
  milliseconds: number,
  options: WorkerOptions = {},
): Promise<T> {
  const worker = new Worker(module, options);
  const answer = new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TimeUp(`no answer within ${milliseconds} ms`));
    }, milliseconds);
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without an answer')));
    worker.once('exit', () => clearTimeout(timer));
  });
  return answer.finally(() => worker.terminate());
}
