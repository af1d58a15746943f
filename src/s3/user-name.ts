/**
 * A user's name is the access key id too, so nothing may stand in it that splits a credential scope, a header, a line
 * of a file or a word of a shell.
 */
const userNamePattern = /^[A-Za-z0-9._@+-]{1,128}$/;

/** Completes a sentence that begins with the name. */
export const userNameRule = 'must be 1 to 128 letters, digits or . _ @ + -';

export function isUserName(text: string): boolean {
  return userNamePattern.test(text);
}

/** In characters, as Ozone has it. */
export const secretMinLength = 8;

/** Visible ASCII: a secret goes through files and shells as one word. */
export const secretRule = `must be ${secretMinLength} to 256 visible ASCII characters`;

export function isSecretText(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text) && text.length >= secretMinLength && text.length <= 256;
}
