import type { ConfigurationFile } from '../../../../src/sizing/config/configuration-file.ts'
import type { Derived, ServerLimits } from '../../../../src/sizing/server-limits.ts'

export type FigureName = Exclude<keyof ServerLimits, 'zones'>

/** C₁ = 408/s, W = 38 ms: L = 0.95 × 408 × 0.038 = 14.7, m = ⌈14.7 + 3√14.7⌉ = 27; three backends, 0.6 of them in use at the peak. */
export const VALUES: Readonly<Record<FigureName, number>> = {
  backends: 3,
  capacity: 408,
  responseTime: 0.038,
  responseTimeP99: 0.15,
  concurrency: 14.7,
  maxConcurrent: 27,
  maxConcurrentWithoutQueue: 34,
  queue: 306,
  queueTimeout: 0.75,
  answerTimeout: 1.8,
  originPeak: 734.4,
  ceiling: 1224,
  retryBudget: 0.2,
}

/** The figures with these changes; each says `from <name>`, or what `word` makes of its name. */
export function limitsWith(
  changes: Partial<Record<FigureName, number>> = {},
  word: (name: FigureName) => string = name => `from ${name}`,
  zones = 1,
): ServerLimits {
  const values = { ...VALUES, ...changes }
  const names = Object.keys(VALUES) as FigureName[]
  const figures = Object.fromEntries(
    names.map((name): [FigureName, Derived] => [name, { value: values[name], from: word(name) }]),
  ) as Record<FigureName, Derived>
  return { ...figures, zones }
}

export function fileNamed(files: readonly ConfigurationFile[], name: string): string {
  const found = files.find(file => file.name === name)
  if (found === undefined) throw new RangeError(`no ${name} among ${files.map(file => file.name).join(', ')}`)
  return found.text
}

/** The lines that a program acts on. */
export const withoutComments = (text: string): readonly string[] =>
  text.split('\n').filter(line => !line.trimStart().startsWith('#'))

/** The line with this text in it, and the comments that stand right above it. */
export function saidAbove(text: string, part: string): string {
  const lines = text.split('\n')
  const at = lines.findIndex(line => !line.trimStart().startsWith('#') && line.includes(part))
  if (at < 0) throw new RangeError(`no line with ${part}`)
  let from = at
  while (from > 0 && lines[from - 1]!.trimStart().startsWith('#')) from -= 1
  return lines.slice(from, at).join('\n')
}
