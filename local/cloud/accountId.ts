/** The account and region of the local cloud; the account is the one of AWS's own documentation. */
export const ACCOUNT_ID = "123456789012";
