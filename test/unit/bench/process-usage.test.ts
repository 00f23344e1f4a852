import { expect, test } from 'vitest'
import { parseCpuList } from '../../../bench/support/cores.ts'
import { parseMachineTicks } from '../../../bench/support/describe-machine.ts'
import { coresUsed, parseCpuSeconds, parseMemory, peakBytes } from '../../../bench/support/process-usage.ts'

test('CPU time is user and system time, of the process and of its children, in hundredths of a second', () => {
  // proc(5): fields 14 to 17 are utime, stime, cutime, cstime: here 100 + 20 + 3 + 1 ticks.
  const stat = '77 (a (b) c) S 1 77 77 0 -1 4194304 500 0 0 0 100 20 3 1 20 0 7 0 123456 1000000 250'
  expect(parseCpuSeconds(stat)).toBe(1.24)
})

test('memory is read in kB of 1024 bytes, and is 0 for a process that has ended', () => {
  const status = 'Name:\tnode\nVmHWM:\t    2000 kB\nVmRSS:\t    1000 kB\n'
  expect(parseMemory(status, 'VmHWM')).toBe(2_048_000)
  expect(parseMemory(status, 'VmRSS')).toBe(1_024_000)
  expect(parseMemory('Name:\tnode\nState:\tZ (zombie)\n', 'VmRSS')).toBe(0)
})

const sample = (at: number, cpuSeconds: number, peakResidentBytes = 0) => ({
  at,
  cpuSeconds,
  residentBytes: 0,
  peakResidentBytes,
})

test('cores in use are CPU seconds per second, between the samples inside', () => {
  const samples = [sample(0, 0), sample(1000, 0.5), sample(3000, 1.5), sample(4000, 9)]
  expect(coresUsed(samples, 500, 3500)).toBe(0.5)
  expect(coresUsed(samples, 500, 1500)).toBeUndefined()
})

test('the peak is the highest of all samples', () => {
  expect(peakBytes([sample(0, 0, 5), sample(1, 0, 9), sample(2, 0, 7)])).toBe(9)
  expect(peakBytes([])).toBe(0)
})

test('a list of cores as the kernel writes it', () => {
  expect(parseCpuList('0-2,5\n')).toEqual([0, 1, 2, 5])
  expect(parseCpuList('7')).toEqual([7])
})

test('stolen time is the eighth figure; guest time is not counted twice', () => {
  expect(parseMachineTicks('cpu  10 20 30 40 50 60 70 80 1000 1000\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toEqual({
    total: 360,
    stolen: 80,
  })
})
