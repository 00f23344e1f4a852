import type { Gate } from './gate.ts'

/** The gate as JSON, `plimsoll/gate@1`: every rule with its answer, and what the rules were judged by. */
export function renderGateJson({
  verdict,
  because,
  strict,
  candidates,
  rules,
  comparison,
  history,
}: Gate): string {
  const document = {
    schema: 'plimsoll/gate@1',
    verdict,
    because,
    strict,
    runs: candidates.map(({ label, report: { run, trust, capacity } }) => ({
      report: label,
      id: run.id,
      name: run.name,
      target: run.target,
      startedAt: run.startedAt,
      toolVersion: run.toolVersion,
      trusted: trust.ok,
      knee: capacity.knee,
    })),
    rules,
    comparison,
    history,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
