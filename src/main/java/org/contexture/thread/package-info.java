/** Threads beside the one at work. Every other package may use this one; it uses none. */
package org.contexture.thread;
