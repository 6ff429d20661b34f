"""What the services of Polderdijke themselves see as barriers: both sides name some."""

from kader.vocabulary import BarrierKind, BarrierLevel, ServiceDomain

# domain: text, kind, level
SERVICE_BARRIERS: dict[ServiceDomain, tuple[str, BarrierKind, BarrierLevel]] = {
    ServiceDomain.DETECTION: (
        "Mensen komen pas als de schulden al hoog zijn",
        BarrierKind.TRUSTWORTHINESS,
        BarrierLevel.RIGHTS_HOLDER,
    ),
    ServiceDomain.RECEPTION: (
        "Drie weken wachten op een eerste gesprek",
        BarrierKind.AVAILABILITY,
        BarrierLevel.EXECUTION,
    ),
    ServiceDomain.RIGHTS_REALISATION: (
        "Elk jaar moet je hetzelfde bewijs opnieuw brengen",
        BarrierKind.USABILITY,
        BarrierLevel.REGULATION,
    ),
}
