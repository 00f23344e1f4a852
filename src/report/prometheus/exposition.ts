import { cleanText } from '../view/clean-text.ts'

/** One metric with all its series. */
export interface MetricFamily {
  /** In base units, which the end of the name tells; counters end in `_total`. */
  readonly name: string
  readonly type: 'gauge' | 'counter' | 'summary'
  /** One line, without backslashes. */
  readonly help: string
  readonly samples: readonly MetricSample[]
}

export interface MetricSample {
  /** Of a summary: its parts beside the quantiles. */
  readonly part?: 'sum' | 'count'
  readonly labels: Labels
  readonly value: number
}

export type Labels = Readonly<Record<string, string>>

/**
 * Prometheus' text exposition format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). A family
 * without a value that can be told is left out whole. No timestamps: the textfile collector refuses them.
 */
export function expose(families: readonly MetricFamily[]): string {
  return families.map(exposeFamily).join('')
}

function exposeFamily({ name, type, help, samples }: MetricFamily): string {
  const told = samples.filter(({ value }) => Number.isFinite(value))
  if (told.length === 0) return ''
  const lines = told.map(
    ({ part, labels, value }) => `${name}${part === undefined ? '' : `_${part}`}${braced(labels)} ${value}`,
  )
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n')
}

function braced(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeValue(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** Backslash and double quote have an escape each; so has a line feed, which is a space by then. */
const escapeValue = (value: string): string => cleanText(value).replaceAll(/[\\"]/g, String.raw`\$&`)
