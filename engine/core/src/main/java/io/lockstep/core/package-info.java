/** The pure protocol: everything that decides something, without Aeron, threads, files or a clock of its own. */
package io.lockstep.core;
