/** Files that are there whole or not at all. Every other package may use this one; it uses none. */
package org.contexture.file;
