import type { Fact } from '../view.ts'

/** What the columns of the options mean, for those who see all of them. */
export const SIZE_WORDS: readonly Fact[] = [
  {
    label: 'cache',
    value: 'the share of the requests that a cache before the backends answers: the hit ratio',
  },
  {
    label: 'utilisation',
    value: 'what reaches the backends at the peak, as a share of what they carry together',
  },
  { label: 'refused', value: 'the share of that which fails or is turned away at least' },
  { label: 'mean wait', value: 'in the queue of a backend; it grows where more comes than is carried' },
  { label: 'holds', value: 'the peak stays within the headroom, also after the loss that is to be survived' },
  {
    label: 'probability',
    value: 'that the backends carry the peak while all of them run, by draws over both intervals',
  },
  { label: 'after a loss', value: 'the utilisation of what is left after the loss that is to be survived' },
  { label: 'load', value: 'what reaches the backends at the peak' },
  {
    label: 'knee',
    value: 'the highest rate of the run at which nearly all requests still ended well',
  },
  { label: 'headroom', value: 'the share of the capacity that is planned for at the peak' },
]
