import { describeAuthorization } from '../support/authorization/describe.ts'

// A sample: authorization.sqlite.long.test.ts asks for all of them.
describeAuthorization(17)
