import { defineLab, onsets } from '../lab-entry.ts'
import type { LabEntry } from '../lab-entry.ts'
import { answered } from '../replies.ts'
import { createSlots } from '../slots.ts'

export const d1: LabEntry = defineLab({
  name: 'D1',
  description: 'one server, fixed service time, endless queue: overload is seen in latency only',
  parameters: { service: { kind: 'duration', value: 0.002, meaning: 'service time of a request' } },
  create({ service }) {
    const slots = createSlots(1)
    return { arrive: at => answered(slots.admit(at, service)) }
  },
  truth: ({ service }) => ({
    kneePerSecond: 1 / service,
    saturationPerSecond: 1 / service,
    onsetPerSecond: onsets(),
    cause: 'none',
    label: 'no gateway error at any load',
    notes: ['A server that never rests completes 1/S per second; its queue takes the rest.'],
  }),
})
