/** What a runner trims, and what .NET passes over when it compares texts: white space, controls, marks without width. */
const NOTHING = String.raw`[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`

/** `::error::…` at the start of a line, however far it is indented. */
const COMMAND = new RegExp(`^(${NOTHING}*):(?=${NOTHING}*:)`, 'u')

/** `##[error]…`, `##vso[…]`, `##teamcity[…]`, anywhere in a line. */
const MARK = new RegExp(String.raw`#(?=${NOTHING}*#(?:\w|${NOTHING})*\[)`, 'gu')

/**
 * The lines of a layout as the text to print. Programs read the log of a pipeline as well: GitHub Actions takes a line
 * that begins with `::` for a command, and one with `##[` anywhere in it (`ActionCommand.cs` of actions/runner); so do
 * Azure Pipelines with `##vso[` and TeamCity with `##teamcity[`. A name from a scenario or a target may come to stand in
 * such a place wherever a line is broken, so the finished lines are looked at. One sign then gives way to another that
 * looks like it and is as wide: a mark without width, as one would put it between the two, is nothing to the runner.
 */
export const terminalText = (lines: readonly string[]): string =>
  `${lines.map(line => line.replace(COMMAND, '$1∶').replaceAll(MARK, '♯')).join('\n')}\n`
