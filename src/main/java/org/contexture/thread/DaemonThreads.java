package org.contexture.thread;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that a process does not wait for when all its other work has ended.
 *
 * @param name of each of them, as thread dumps show it
 */
public record DaemonThreads(String name) implements ThreadFactory {

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
