/**
 * z3 as WebAssembly in a thread of its own, which may be terminated at any moment. It is plain
 * JavaScript because Node.js starts it as a file, from the sources as from the build.
 *
 * Of z3's interface only what works is used: `eval_smtlib2_string` reads freed memory, and the
 * asynchronous calls need another thread. A solver's errors do not throw, so each call is checked;
 * every query has its own context, for a declaration met twice leaves an empty solver, which
 * answers `sat`.
 */
import { parentPort } from 'node:worker_threads';
import z3 from 'z3-solver';

/** @typedef {import('./solver.ts').Reply} Reply */
/** @typedef {import('z3-solver').Z3_context} Context */
/** @typedef {import('z3-solver').Z3_solver} Solver */
/** @typedef {{ text: string, wanted: string[], named: string[] } & Bounds} Job */
/** @typedef {{ megabytes: number, resources: number, seed: number }} Bounds */

/** @type {import('./solver.ts').Undecided} */
const outOfMemory = { kind: 'unknown', reason: 'memory', detail: 'out of memory' };

/** The last thing that z3 does when its memory ends is to abort, and the thread with it. */
function abandon() {
  parentPort?.postMessage({ reply: outOfMemory, spent: true });
}

const { em: module, Z3 } = await z3.init({ onAbort: abandon, printErr: () => {} });

/** z3 has at most 2 GiB here, and dies when they are used up; this leaves it room to say so. */
const mostMegabytes = 1536;

/** @param {Context} context */
function check(context) {
  const code = Z3.get_error_code(context);
  if (code !== 0) throw new Error(Z3.get_error_msg(context, code));
}

/** @param {Context} context @param {Solver} solver @param {Job} job */
function configure(context, solver, job) {
  const parameters = Z3.mk_params(context);
  Z3.params_inc_ref(context, parameters);
  const symbol = (/** @type {string} */ name) => Z3.mk_string_symbol(context, name);
  Z3.params_set_bool(context, parameters, symbol('auto_config'), false);
  Z3.params_set_bool(context, parameters, symbol('mbqi'), true);
  Z3.params_set_uint(context, parameters, symbol('random_seed'), job.seed);
  Z3.params_set_uint(context, parameters, symbol('rlimit'), job.resources);
  Z3.solver_set_params(context, solver, parameters);
  check(context);
  Z3.params_dec_ref(context, parameters);
}

/**
 * "canceled" is said of both limits; the count of resources tells which it was.
 * @param {Context} context @param {Solver} solver @param {Job} job @returns {Reply}
 */
function undecided(context, solver, job) {
  const detail = Z3.solver_get_reason_unknown(context, solver);
  if (/memory|memout/.test(detail)) return { ...outOfMemory, detail };
  if (!/canceled|resource/.test(detail)) return { kind: 'unknown', reason: 'incomplete', detail };
  const statistics = Z3.solver_get_statistics(context, solver);
  Z3.stats_inc_ref(context, statistics);
  const spent = /rlimit-count\s+(\d+)/.exec(Z3.stats_to_string(context, statistics));
  const exceeded = spent !== null && Number(spent[1]) >= job.resources;
  return exceeded ? { kind: 'unknown', reason: 'resources', detail } : outOfMemory;
}

/** The wanted terms, parsed after the text of the query, so that its names mean the same. */
/** @param {Context} context @param {Solver} solver @param {Job} job */
function values(context, solver, job) {
  if (job.wanted.length === 0) return [];
  const model = Z3.solver_get_model(context, solver);
  check(context);
  Z3.model_inc_ref(context, model);
  const probes = job.wanted.map((term) => `(assert (= ${term} ${term}))`).join('\n');
  const parsed = Z3.parse_smtlib2_string(context, job.text + probes, [], [], [], []);
  check(context);
  Z3.ast_vector_inc_ref(context, parsed);
  const first = Z3.ast_vector_size(context, parsed) - job.wanted.length;
  return job.wanted.map((_, at) => {
    const probe = Z3.ast_vector_get(context, parsed, first + at);
    const value = Z3.model_eval(
      context,
      model,
      Z3.get_app_arg(context, Z3.to_app(context, probe), 0),
      true,
    );
    check(context);
    if (value === null) throw new Error('the model has no value for a wanted term');
    return Z3.ast_to_string(context, value);
  });
}

/**
 * Named assertions are not tracked when they are parsed into a solver, so they are parsed apart.
 * @param {Context} context @param {Solver} solver @param {Job} job
 */
function assertNamed(context, solver, job) {
  const parsed = Z3.parse_smtlib2_string(context, job.text, [], [], [], []);
  check(context);
  Z3.ast_vector_inc_ref(context, parsed);
  const count = Z3.ast_vector_size(context, parsed);
  if (count !== job.named.length) throw new Error('not every assertion has a name');
  const sort = Z3.mk_bool_sort(context);
  for (const [at, name] of job.named.entries()) {
    const called = Z3.mk_const(context, Z3.mk_string_symbol(context, name), sort);
    Z3.solver_assert_and_track(context, solver, Z3.ast_vector_get(context, parsed, at), called);
    check(context);
  }
}

/** @param {Context} context @param {Solver} solver */
function core(context, solver) {
  const found = Z3.solver_get_unsat_core(context, solver);
  check(context);
  Z3.ast_vector_inc_ref(context, found);
  return Array.from({ length: Z3.ast_vector_size(context, found) }, (_, at) =>
    Z3.ast_to_string(context, Z3.ast_vector_get(context, found, at)).replaceAll('|', ''),
  );
}

/** @param {Context} context @param {Job} job @returns {Reply} */
function answer(context, job) {
  const solver = Z3.mk_simple_solver(context);
  check(context);
  Z3.solver_inc_ref(context, solver);
  configure(context, solver, job);
  if (job.named.length > 0) assertNamed(context, solver, job);
  else Z3.solver_from_string(context, solver, job.text);
  check(context);
  const result = module._Z3_solver_check(context, solver);
  check(context);
  if (result === -1 && job.named.length > 0) return { kind: 'unsat', core: core(context, solver) };
  if (result === -1) return { kind: 'unsat' };
  if (result === 1) return { kind: 'sat', values: values(context, solver, job) };
  return undecided(context, solver, job);
}

/** @param {Job} job */
function solve(job) {
  Z3.global_param_set('memory_max_size', String(Math.min(job.megabytes, mostMegabytes)));
  const configuration = Z3.mk_config();
  const context = Z3.mk_context_rc(configuration);
  Z3.del_config(configuration);
  try {
    const reply = answer(context, job);
    // After it has run out of memory an instance is not even able to clean up.
    const spent = reply.kind === 'unknown' && reply.reason === 'memory';
    if (!spent) Z3.del_context(context);
    return { reply, spent };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const memory = /memory|abort/i.test(detail);
    return { reply: memory ? { ...outOfMemory, detail } : { kind: 'error', detail }, spent: true };
  }
}

/** @type {import('node:worker_threads').MessagePort} */ (parentPort).on('message', (job) => {
  parentPort?.postMessage(solve(job));
});
parentPort?.postMessage({ started: true });
