/**
 * What has to be shown of lemmas and of functions with a contract.
 *
 *   end        wherever a function calls itself its measure is smaller there, and was not negative;
 *              for arguments of any value, because ghosts check no types
 *   contract   what it ensures holds, given what it requires; for smaller measures it may be used
 *   run        a function that code calls keeps the rules of the language, and its result its type
 */
import { call, equal, type Term } from '../../logic/index.ts';
import {
  bodyOf,
  freshValue,
  functionSymbol,
  run,
  type Scope,
  State,
  said,
  termOf,
  typed,
} from '../../symbolic/execute/index.ts';
import type { Function as Callable, Contract, FunctionKey } from '../../symbolic/ir.ts';
import { Listener, words } from './listener.ts';
import type { Model } from './model.ts';
import type { Collected } from './obligation.ts';

export function contracts(model: Model, reached: ReadonlySet<FunctionKey>, into: Collected): void {
  for (const key of reached) {
    const called = model.program.functions.get(key);
    const contract = called?.contract;
    if (!called || !contract) continue;
    const proof = new Proof(model, called, contract, into);
    if (contract.kind === 'lemma') proof.lemma();
    else proof.function();
  }
}

class Proof {
  private readonly model: Model;
  private readonly called: Callable;
  private readonly contract: Contract;
  private readonly listener: Listener;

  constructor(model: Model, called: Callable, contract: Contract, into: Collected) {
    this.model = model;
    this.called = called;
    this.contract = contract;
    this.listener = new Listener(into, 'contract', called.name, () => {
      throw new Error('a contract has no crash points');
    });
  }

  lemma(): void {
    const { called } = this;
    const given = this.arguments(true);
    const scope = this.scope(given, 'contract');
    called.parameters.forEach((p, i) => {
      scope.state.variables.set(p.variable, given[i]!);
      scope.state.types.set(p.variable, p.type);
    });
    for (const { state } of run(called.body, scope)) this.ensured(given, { ...scope, state });
  }

  function(): void {
    this.ends();
    this.keeps();
    if (!this.called.ghost) this.runs();
  }

  private ends(): void {
    const given = this.arguments(false);
    bodyOf(this.called, given, this.scope(given, 'end'));
  }

  private keeps(): void {
    const { called } = this;
    const given = this.arguments(true);
    const scope = this.scope(given, 'contract');
    const body = termOf(bodyOf(called, given, scope));
    scope.state.know(equal(call(functionSymbol(called), ...given), body));
    this.named(given, scope.state);
    this.ensured(given, { ...scope, calls: [`contract of ${called.key}`] });
  }

  private runs(): void {
    const { called, listener } = this;
    const given = this.arguments(true);
    const { proving: _, ...plain } = this.scope(given, 'contract');
    const body = termOf(bodyOf(called, given, { ...plain, ghost: false }));
    const { state } = plain;
    this.named(given, state);
    listener.claim('narrowing', words.narrowing, called.at, state, typed(called.returns, body));
  }

  /** Arguments of which nothing is known but, if wanted, their types. */
  private arguments(typedToo: boolean): readonly Term[] {
    this.state = new State();
    return this.called.parameters.map((p) => {
      const hint = p.variable.split('#')[0] ?? 'argument';
      return typedToo
        ? this.model.unknownValue(hint, p.type, this.state)
        : freshValue(hint, p.type);
    });
  }

  private state = new State();

  private scope(given: readonly Term[], what: 'end' | 'contract'): Scope {
    const { model, called, contract, state } = this;
    const told = model.run(this.listener.atomic());
    const plain: Scope = { ...model.scope(told, state), ghost: true };
    for (const required of contract.requires) state.assume(said(called, required, given, plain));
    const { measure } = contract;
    const proving = {
      key: called.key,
      ...(measure ? { measure: said(called, measure.value, given, plain) } : {}),
      what,
    };
    return { ...plain, proving };
  }

  private named(given: readonly Term[], state: State): void {
    this.called.parameters.forEach((p, i) => {
      state.variables.set(p.variable, given[i]!);
      state.types.set(p.variable, p.type);
    });
  }

  private ensured(given: readonly Term[], scope: Scope): void {
    const { called, contract, listener } = this;
    for (const { at, holds } of contract.ensures) {
      const goal = said(called, holds, given, scope);
      listener.claim('ensures', words.ensures, at, scope.state, goal);
    }
  }
}
