/** The local cloud's account, which stands for any account where a program is only evaluated: that of AWS's documentation. */
export const ACCOUNT_ID = "123456789012";
