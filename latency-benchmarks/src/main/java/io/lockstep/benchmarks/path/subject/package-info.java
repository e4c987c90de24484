/** What takes turns at the load: bare peers, Lockstep in its grades, and Aeron Cluster. */
package io.lockstep.benchmarks.path.subject;
