import { labRandom } from '../lab-random.ts'
import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { badGateway, reset } from '../replies.ts'
import { exponential } from '../service-time.ts'
import { createSlots } from '../slots.ts'
import { timeText } from '../truth-text.ts'

export const blip: LabEntry = defineLab({
  name: 'BLIP',
  description:
    'a restart in the middle: for a while every connection is reset or answered 502, then a new ETag',
  parameters: {
    rate: { kind: 'rate', value: 400, meaning: 'service rate of all servers together' },
    slots: { kind: 'count', value: 4, meaning: 'servers' },
    from: { kind: 'duration-or-zero', value: 40, meaning: 'when it goes down, after the first request' },
    length: { kind: 'duration', value: 3, meaning: 'how long it is down' },
    resets: { kind: 'share', value: 0.5, meaning: 'share of the downtime answered by a reset' },
  },
  create({ rate, slots, from, length, resets }, seed) {
    const work = labRandom(seed, 0)
    const luck = labRandom(seed, 1)
    const before = createSlots(slots)
    const after = createSlots(slots)
    const upAgain = from + length
    return {
      arrive(at) {
        if (at >= from && at < upAgain) return luck.pick() < resets ? reset(at) : badGateway(at)
        const isOld = at < from
        const departure = (isOld ? before : after).admit(at, exponential(work, rate / slots))
        // Going down cuts off whoever is being served or waiting.
        if (isOld && departure > from) return reset(from)
        return { status: 200, departsAtSeconds: departure, headers: { etag: isOld ? '"1"' : '"2"' } }
      },
    }
  },
  truth: ({ rate, from, length }) => ({
    kneePerSecond: rate,
    saturationPerSecond: rate,
    onsetPerSecond: onsets(),
    cause: 'restart',
    label: `down from ${timeText(from)} to ${timeText(from + length)}`,
    notes: ['Errors only in that window, on every path and connection; the ETag is another one after it.'],
  }),
})
