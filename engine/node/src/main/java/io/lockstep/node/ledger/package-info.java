/**
 * The ledger in which takeovers are decided, behind the core's port {@link io.lockstep.core.takeover.Ledger}. Never on
 * the path of a message.
 */
package io.lockstep.node.ledger;
