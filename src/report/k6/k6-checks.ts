import type { NamedRule } from '../named-rules.ts'

export interface CheckCounts {
  /** Share of the checks that passed. */
  readonly value: number
  readonly passes: number
  readonly fails: number
  /** **True where the threshold was crossed**, so where it failed (github.com/grafana/k6/issues/1498). */
  readonly thresholds: Readonly<Record<string, boolean>>
}

export interface CheckGroup {
  readonly name: string
  readonly path: string
  readonly groups: Readonly<Record<string, never>>
  readonly checks: Readonly<Record<string, Check>>
}

interface Check {
  readonly name: string
  readonly path: string
  readonly passes: number
  readonly fails: number
}

/** A check passes or fails, so a rule that the run does not decide fails: it was not shown to hold. */
export function checkCounts(rules: readonly NamedRule[]): CheckCounts {
  const passes = rules.filter(({ held }) => held === true).length
  const fails = rules.length - passes
  return { value: passes / rules.length, passes, fails, thresholds: { 'rate==1': fails > 0 } }
}

/** Checks stand by name; those of one name add up. */
export function checkGroup(rules: readonly NamedRule[]): CheckGroup {
  const checks = new Map<string, Check>()
  for (const { name, held } of rules) {
    const { passes, fails } = checks.get(name) ?? { passes: 0, fails: 0 }
    const own = held === true ? { passes: passes + 1, fails } : { passes, fails: fails + 1 }
    checks.set(name, { name, path: `::${name}`, ...own })
  }
  return { name: '', path: '', groups: {}, checks: Object.fromEntries(checks) }
}
