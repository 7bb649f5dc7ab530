/**
 * Files that are there whole or not at all, and stay; directories that go; paths that are the
 * system's. Every other package may use this one; it uses none.
 */
package org.contexture.file;
