/**
 * Files that are there whole or not at all, and stay; directories that go. Every other package may
 * use this one; it uses none.
 */
package org.contexture.file;
