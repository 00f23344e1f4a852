/** Flags with a value that say where the load goes and which arrivals it gets, not what it is. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  '--target',
  '--allow-host',
  '--seed',
  '--ca',
  '--cert',
  '--key',
  '--server-name',
])

/** Flags without a value. */
const SWITCHES: ReadonlySet<string> = new Set(['--insecure', '--gentle', '--low-cpu'])

/** Of the flags of a run, those that make it another load: `--set stages.0.rate=50/s` is one, `--seed 7` is not. */
export function settingsOf(flags: readonly string[]): readonly string[] {
  const kept: string[] = []
  for (let i = 0; i < flags.length; i += 1) {
    const flag = flags[i]!
    if (SWITCHES.has(flag)) {
      if (flag === '--gentle') kept.push(flag)
      continue
    }
    i += 1
    const value = flags[i]
    if (!ELSEWHERE.has(flag)) kept.push(value === undefined ? flag : `${flag} ${value}`)
  }
  return kept.sort()
}
