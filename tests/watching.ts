/** A command that watches, and what it has printed so far. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { command } from './command.ts';

export class Watching {
  private readonly child: ChildProcessWithoutNullStreams;
  private text = '';
  private seen = 0;
  private heard = () => {};
  private readonly closed: Promise<number | null>;

  constructor(folder: string, given: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    // One pipe for both, or nobody could tell what was printed first.
    const shell = ['-c', 'exec "$0" "$@" 2>&1', process.execPath, command, 'prove', '--watch'];
    this.child = spawn('sh', [...shell, ...given], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: '1', ...environment },
    });
    const hear = (text: string) => {
      this.text += text;
      this.heard();
    };
    this.child.stdout.setEncoding('utf8').on('data', hear);
    this.closed = new Promise((resolve) => {
      this.child.on('close', (exit) => {
        resolve(exit);
        hear('(ended)');
      });
    });
  }

  /** Waits until this is printed, and answers with everything since the last wait. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const fresh = this.text.slice(this.seen);
      if (pattern.test(fresh)) {
        this.seen = this.text.length;
        return fresh;
      }
      if (fresh.endsWith('(ended)')) throw new Error(`it ended without ${pattern}: ${fresh}`);
      await new Promise<void>((resolve) => {
        this.heard = resolve;
      });
    }
  }

  /** The same, until it waits for the next change. */
  settled(): Promise<string> {
    return this.until(/Ctrl-C ends it\n/);
  }

  /** What it prints within some time in which nothing is expected. */
  async within(milliseconds: number): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    const fresh = this.text.slice(this.seen);
    this.seen = this.text.length;
    return fresh;
  }

  /** As Ctrl-C does; the exit of the command. */
  interrupt(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.closed;
  }
}
