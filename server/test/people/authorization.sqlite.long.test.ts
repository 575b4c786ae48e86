import { describeAuthorization } from '../support/authorization/describe.ts'

describeAuthorization(1)
