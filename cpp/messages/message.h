#pragma once
// A message in flight: envelope, body and where its lines are. Plain data in a pool, known by its index.
#include <cstdint>
#include <type_traits>

#include "messages/bodies.h"
#include "messages/envelope.h"
#include "messages/line.h"
#include "messages/numbers_body.h"

namespace tillstorm {

/// Index of a message in the pool.
enum class MessageId : std::uint32_t {};
inline constexpr MessageId kNoMessage{0xffffffffU};

/// A block of lines in the pool's arena.
struct LineBlock {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;  ///< 0, or a power of two.
};

/// What is wrong with a message since it was made, that no hash shows.
enum class Defect : std::uint8_t {
  none,
  missing_field,   ///< Something that it must say is not there.
  unknown_type,    ///< Its type is none that the receiver knows.
  unknown_source,  ///< It names a source that nobody knows.
  poison,          ///< Well formed, and whoever works on it crashes.
};

struct Message {
  Envelope envelope{};
  LineBlock lines{};
  std::uint32_t references : 30 = 0;  ///< Who still needs it: the sender's log, and each copy in flight.
  std::uint32_t begins_log : 1 = 0;   ///< On a link: nothing before it will come, because it was overwritten.
  std::uint32_t is_copy : 1 = 0;      ///< Made by MessagePool::copy: its body may no longer have its hash.
  Defect defect = Defect::none;
  /// One more than the type of the exception under which it was set aside, once it has been sent again; 0: never was.
  std::uint8_t set_aside_as = 0;
  std::uint8_t repairs = 0;      ///< How often it has been sent on after it was set aside.
  std::uint8_t keys_minted = 0;  ///< Where keys are made by machines: how often this copy got another one (MSG-02).
  /// The number that it came under, if a repair has given it another one (RepairKey::new_key); 0: it has its own.
  std::uint32_t own_number = 0;
  Time handed_over{};  ///< When the source put it into its outgoing log.
  Time received{};     ///< When the middleware took it in, by its clock; 0: it has not.
  union {              // which one is said by envelope.type
    TicketBody ticket;
    GoodsBody goods;
    DayCloseBody day_close;
    OnlineBody online;
    MasterBatchBody master;
    ExceptionBody exception;
    RepairBody repair;
    NumbersBody numbers;
  };
  Message() : ticket{} {}
};
static_assert(std::is_trivially_copyable_v<Message>);

}  // namespace tillstorm
