#include "world/world.h"

#include "world/recording.h"

namespace tillstorm {

Digest World::digest() const {
  Digest all;
  for (const model::Store& store : stores) all.add(store.facts());
  for (const model::Warehouse& warehouse : warehouses) all.add(warehouse.facts());
  for (const model::Ecommerce& front : online) all.add(front.facts());
  for (const erp::Partition& partition : partitions) all.add(partition.facts());
  for (const erp::HeadOffice& office : head_office) all.add(office.facts());
  all.add(bus.facts());
  all.add(desk.facts());
  return all;
}

std::uint64_t World::pending_messages() const {
  std::uint64_t pending = 0;
  pending += bus.held();
  for (const integration::SchemaGate& gate : gates) pending += gate.parked();
  for (const integration::SequenceGuard& guard : guards) pending += guard.held();
  for (const integration::ChannelSender& sender : senders) pending += sender.pending();
  return pending;
}

std::uint64_t World::state_bytes() const {
  std::uint64_t bytes = sizeof(World) + pool.bytes() + tables.memory_bytes();
  bytes += truth.capacity() * sizeof(model::TruthCell) + book.capacity() * sizeof(erp::BookCell);
  bytes += kernel.queue.size() * sizeof(Event) + kernel.sequence.size() * sizeof(std::uint64_t);
  bytes += bus.state_bytes() + desk.state_bytes() + backlog.state_bytes();
  bytes += stores.size() * sizeof(model::Store) + senders.size() * sizeof(integration::ChannelSender) +
           receivers.size() * sizeof(integration::ChannelReceiver);
  for (const erp::Partition& partition : partitions)
    bytes += sizeof(erp::Partition) + partition.dedupe_bytes() + partition.waiting_bytes() +
             partition.journal().days().size() * sizeof(erp::BookDay);
  for (const model::Warehouse& warehouse : warehouses) bytes += warehouse.on_hand().size() * sizeof(std::int32_t);
  for (const integration::MasterCopy& copy : masters) bytes += sizeof(integration::MasterCopy) + copy.bytes();
  return bytes;
}

}  // namespace tillstorm
