import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { TOLERATED_LOSS } from '../queueing-formulas.ts'
import { rateText, timeText } from '../truth-text.ts'

const REFUSAL = { 'retry-after': '1', 'content-type': 'text/plain' }

export const bucket: LabEntry = defineLab({
  name: 'BUCKET',
  description: 'a token bucket: 503 with Retry-After beyond the rate and its burst, a fixed time otherwise',
  parameters: {
    rate: { kind: 'rate', value: 300, meaning: 'tokens per second, r' },
    burst: { kind: 'count', value: 150, meaning: 'tokens it holds, b; full at the start' },
    service: { kind: 'duration-or-zero', value: 0.005, meaning: 'time of an accepted request' },
  },
  create({ rate, burst, service }) {
    let tokens = burst
    let countedAt = 0
    return {
      arrive(at) {
        tokens = Math.min(burst, tokens + (at - countedAt) * rate)
        countedAt = at
        if (tokens < 1) return { status: 503, departsAtSeconds: at, headers: REFUSAL, body: 'slow down\n' }
        tokens -= 1
        return answered(at + service)
      },
    }
  },
  truth: ({ rate, burst }) => ({
    kneePerSecond: rate,
    saturationPerSecond: rate,
    onsetPerSecond: onsets({ 503: rate }),
    cause: 'rate-limiter',
    label: 'a limit, not a capacity',
    notes: [
      `1 % is refused at ${rateText(rate / (1 - TOLERATED_LOSS))}; the share refused in the long run is 1 − r/λ.`,
      `At 4/3 r the first refusal comes after b/(λ − r) = ${timeText(burst / (rate / 3))}.`,
    ],
  }),
})
