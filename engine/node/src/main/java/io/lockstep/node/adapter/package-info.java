/** Ports of the core over Aeron: they carry messages and decide nothing. */
package io.lockstep.node.adapter;
