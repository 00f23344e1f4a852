/** The package ships no types; these are of version 1.1.1. Values are the texts that stand in the exposition. */
declare module 'parse-prometheus-text-format' {
  export interface ParsedMetric {
    readonly labels?: Readonly<Record<string, string>>
    readonly value?: string
    readonly quantiles?: Readonly<Record<string, string>>
    readonly sum?: string
    readonly count?: string
  }

  export interface ParsedFamily {
    readonly name: string
    readonly help: string
    readonly type: string
    readonly metrics: readonly ParsedMetric[]
  }

  /** Throws on a line that is not of the format. */
  function parsePrometheusTextFormat(exposition: string): readonly ParsedFamily[]
  export default parsePrometheusTextFormat
}
