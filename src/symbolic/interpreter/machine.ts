/** A machine of the program, run by the interpreter, as the machine below another run. */
import type { ClassKey, FunctionKey, Position, Program } from '../ir.ts';
import type { ChoiceRequest } from './choices.ts';
import type { Lower, Rules } from './frame.ts';
import { interpret, type Result } from './interpret.ts';
import type { Outcome } from './outcome.ts';
import { ObjectValue, type Value } from './value.ts';

export interface MachineOptions {
  readonly choose: (request: ChoiceRequest, at: Position) => Value;
  readonly rules?: Rules;
}

/** An object of class `key` as its constructor makes it; a handle has no value. */
export function constructed(
  program: Program,
  key: ClassKey,
  given: readonly Value[],
  rules?: Rules,
): ObjectValue {
  const construct = program.classes.get(key)!.construct;
  const { self, outcome } = interpret(program, construct, {
    self: new ObjectValue(key),
    arguments: given,
    ...(rules ? { rules } : {}),
  });
  if (outcome.kind !== 'returned') throw new Error(`the constructor of ${key} ${outcome.kind}`);
  return self!;
}

/** The function behind a method of a class, if it has one of that name. */
export function methodOf(program: Program, key: ClassKey, name: string): FunctionKey | undefined {
  return program.classes.get(key)?.methods.find((method) => method.name === name)?.function;
}

/** Each operation is one atomic step; before it the environment may do what `fault` says. */
export class Machine implements Lower {
  private readonly program: Program;
  private readonly options: MachineOptions;
  private now: ObjectValue;

  constructor(program: Program, start: ObjectValue, options: MachineOptions) {
    this.program = program;
    this.now = start.copy();
    this.options = options;
  }

  state(): ObjectValue {
    return this.now;
  }

  call(operation: string, given: readonly Value[]): Outcome {
    const fault = this.hook('fault');
    return fault.kind === 'returned' ? this.perform(operation, given) : fault;
  }

  /** What a loss of power does, with the faults that may happen around it. */
  crash(): Outcome {
    for (const hook of ['fault', 'crash', 'fault']) {
      const outcome = this.hook(hook);
      if (outcome.kind !== 'returned') return outcome;
    }
    return { kind: 'returned', value: undefined };
  }

  private hook(name: string): Outcome {
    return methodOf(this.program, this.now.class, name) === undefined
      ? { kind: 'returned', value: undefined }
      : this.perform(name, []);
  }

  private perform(name: string, given: readonly Value[]): Outcome {
    const key = methodOf(this.program, this.now.class, name);
    if (key === undefined) throw new Error(`${this.now.class} has no operation ${name}`);
    const result: Result = interpret(this.program, key, {
      self: this.now,
      arguments: given,
      choose: this.options.choose,
      ...(this.options.rules ? { rules: this.options.rules } : {}),
    });
    this.now = result.self!;
    return result.outcome;
  }
}
