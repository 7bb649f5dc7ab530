/**
 * How Contexture says that something went wrong: one exception whose message is a sentence the user
 * can act on, in one of a few categories. Every other package may use this one; it uses none.
 */
package org.contexture.failure;
