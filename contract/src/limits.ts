/**
 * Limits of requests, parameters and attributes. The limit of a whole record's attributes is in
 * server/src/rules/record-problems.ts.
 */

/** Ids stay exact in JSON parsers that store numbers as doubles. */
export const idMax = Number.MAX_SAFE_INTEGER

export const pageMax = 100
export const perPageDefault = 25
export const perPageMax = 100
export const outcomesPerPageMax = 200
export const perPageByCursorMax = 1_000
/** Of a cursor, which holds the sort key of a row. */
export const cursorLengthMax = 12_000

export const idsMax = 100
export const textFilterMax = 255
/** Values of one filter, any of which a visit may have. */
export const filterValuesMax = 100
/** Half the way around the earth, in metres: everything is that near. */
export const nearMaxM = 20_100_000

/** Of customers, in a walk by cursor. */
export const customersPerPageMax = 1_000
export const customersCursorLengthMax = 200
export const visitEveryDaysMax = 3_650

/** Of what is typed to find something. */
export const searchLengthMax = 200
export const searchWordsMax = 10
export const searchLimitDefault = 10
export const searchLimitMax = 50

export const streamLimitDefault = 25
export const streamLimitMax = 100
export const positionLengthMax = 200
/** How long a reader may wait for events, in seconds. */
export const streamWaitMaxS = 30
/** Waiting readers per process; it answers any others immediately. */
export const streamWaitersMax = 2_000
export const streamWaitersPerAccountMax = 500
/** Of one token or session. */
export const streamWaitersPerSenderMax = 100

/** Exports that run at the same time: of one account, and of one process. */
export const exportsPerAccountMax = 3
export const exportsMax = 10
/** An export whose client takes nothing for so long is ended. */
export const exportIdleMaxMs = 120_000

export const mapItemsMax = 2_000
/** Points of a map without clusters. */
export const mapPointsMax = 5_000
export const zoomMax = 22
export const reportRowsMax = 10_000

/** Of files that are sent to be imported: all of them, in bytes, and how many. */
export const filesBytesMax = 100 * 1024 * 1024
export const filesMax = 20
/** Of the options that go with them, in bytes. */
export const fileOptionsBytesMax = 256 * 1024
export const headerLengthMax = 1_000
export const headerRowMax = 10_000
export const joinedColumnsMax = 10
/** Names that an import of files has a choice for. */
export const namedChoicesMax = 1_000
export const mappedAttributesMax = 2_000
export const timeFormatsMax = 20
export const optionLengthMax = 200

export const requestIdLengthMin = 8
export const requestIdLengthMax = 64

export const summaryLengthMax = 10_000
export const idempotencyKeyLengthMax = 128
export const outcomeNameLengthMax = 100
export const outcomePositionMax = 10_000
export const passwordLengthMin = 8
export const passwordLengthMax = 1024
/** Wrong passwords for one user from one address, for all from one, and the period that counts. */
export const signInFailuresMax = 10
export const addressFailuresMax = 30
export const signInFailuresMs = 15 * 60_000
/** Failed sign-ins that the audit notes of one user, and of addresses that nobody has, in this time. */
export const failedSignInsNotedMax = 20
export const failedSignInsNotedMs = 3_600_000
/** Of the code in a one-time link. */
export const codeLengthMax = 128
export const attributeLengthMax = 1_000
export const descriptionLengthMax = 20_000
export const oauthClientNameLengthMax = 100
export const redirectUrisMax = 20
export const redirectUriLengthMax = 2_000
export const tagsMax = 200
export const tagLengthMax = 255
export const sitesMax = 20
export const fieldChoicesMax = 500
export const fieldChoiceIdMax = 2_000_000_000
export const sellTokenLengthMax = 4_096
export const verificationSampleMax = 10_000
export const pinNoteLengthMax = 1_000
export const savedViewNameLengthMax = 100
export const savedViewQueryLengthMax = 2_000
export const savedViewColumnsMax = 50
/** Of one user. */
export const savedViewsMax = 100
export const planStopsMax = 100
export const skipReasonLengthMax = 1_000
export const reviewNoteLengthMax = 1_000
export const verificationRadiusMinM = 50
export const verificationRadiusMaxM = 2_000
export const repLocationDaysMax = 3_660
export const retentionHoursMax = 87_840
export const mapStyleUrlLengthMax = 2_000
export const mapAttributionLengthMax = 500
/** Unplaced leads, and as many contacts, that are counted. */
export const unplacedCountMax = 10_000
/** Judged visits that a preview of another radius looks at. */
export const previewedVisitsMax = 500
/** How far ahead a time in a body may be. */
export const futureMaxMs = 5 * 60_000

export const bodyBytesMax = 64 * 1024
/** Of operations that need no token. */
export const openBodyBytesMax = 4 * 1024
/** Problems that one answer describes; it counts the others. */
export const problemsMax = 20
/** Parameters of one object in a query, such as `custom_fields[...]`. */
export const membersMax = 20
export const headerBytesMax = 16 * 1024
/** How long a request may take to arrive: its headers, its body, and all of it with files. */
export const headMaxMs = 20_000
export const bodyMaxMs = 60_000
export const formMaxMs = 10 * 60_000
/** Files that arrive more slowly are not waited for. */
export const formBytesPerMinuteMin = 64 * 1024

export const requestsPerHourDefault = 36_000
/** Of tiles and styles of the map, by address: a look at it takes a hundred, and an office has one. */
export const mapRequestsPerHour = 360_000
