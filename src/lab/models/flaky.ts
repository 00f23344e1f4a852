import { labRandom } from '../lab-random.ts'
import type { Random } from '../../units/random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered, badGateway } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { shareText } from '../truth-text.ts'

interface Outage {
  readonly startsAt: number
  readonly endsAt: number
}

/** Outages of a fixed length with exponential quiet times between them. Asked in the order of time. */
function createOutages(random: Random, quiet: number, length: number): (at: number) => boolean {
  const after = (earlier: number): Outage => {
    const startsAt = earlier + exponential(random, 1 / quiet)
    return { startsAt, endsAt: startsAt + length }
  }
  let outage = after(0)
  return at => {
    while (at >= outage.endsAt) outage = after(outage.endsAt)
    return at >= outage.startsAt
  }
}

export const flaky: LabEntry = defineLab({
  name: 'FLAKY',
  description:
    'several servers, endless queue, and 502s that no load causes: a few always, many in short outages',
  parameters: {
    rate: { kind: 'rate', value: 400, meaning: 'service rate of all servers together' },
    slots: { kind: 'count', value: 4, meaning: 'servers' },
    errors: { kind: 'share', value: 0.003, meaning: 'share answered 502 between outages' },
    quiet: { kind: 'duration', value: 30, meaning: 'mean time between outages, exponential' },
    outage: { kind: 'duration', value: 0.3, meaning: 'length of an outage' },
    severity: { kind: 'share', value: 0.6, meaning: 'share answered 502 in an outage' },
  },
  create({ rate, slots, errors, quiet, outage, severity }, seed) {
    // Separate streams: the outages come at the same instants whatever the load.
    const work = labRandom(seed, 0)
    const luck = labRandom(seed, 1)
    const isOut = createOutages(labRandom(seed, 2), quiet, outage)
    const servers = createSlots(slots)
    return {
      arrive(at) {
        if (luck.pick() < (isOut(at) ? severity : errors)) return badGateway(at)
        return answered(servers.admit(at, exponential(work, rate / slots)))
      },
    }
  },
  truth({ rate, errors, quiet, outage, severity }) {
    const average = (quiet * errors + outage * severity) / (quiet + outage)
    return {
      kneePerSecond: average < 1 ? rate / (1 - average) : null,
      saturationPerSecond: rate,
      onsetPerSecond: onsets(),
      cause: 'none',
      label: 'a sporadic baseline of 502s',
      notes: [
        `${shareText(errors)} is answered 502 between outages, ${shareText(average)} on average; these never reach a server.`,
      ],
    }
  },
})
