import type { Report } from '../../src/report/report.ts'
import { pretendedReport } from './compare-fixture.ts'
import { stage } from './fixture-result.ts'

/** One backend that carries 100/s, give or take 2 %, and takes some 14 ms where it is hardly asked: windows at 30 % and just below the knee. */
export const knownBackend = (): Report =>
  pretendedReport({
    label: 'one',
    capacity: 100,
    plan: { stages: [stage('low', 30, 30, 6), stage('near', 87, 99, 20), stage('over', 99, 188, 20)] },
  })
