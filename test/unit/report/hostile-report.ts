import { hostileReport } from '../../support/report-fixture.ts'

const OWN = JSON.stringify(hostileReport().run.name).slice(1, -1)

/** The hostile report with another text wherever the scenario or the target has a say. */
export const reportOfNames = (text: string): ReturnType<typeof hostileReport> =>
  JSON.parse(
    JSON.stringify(hostileReport()).replaceAll(OWN, () => JSON.stringify(text).slice(1, -1)),
  ) as ReturnType<typeof hostileReport>
