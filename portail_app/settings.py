"""What the operator decides, read once from the environment."""

import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Every setting, with the default of a demonstration on a laptop."""

    database_url: str | None = field(default_factory=lambda: os.environ.get("DATABASE_URL") or None, repr=False)
    data_folder: Path = field(default_factory=lambda: Path(os.environ.get("PORTAL_DATA") or ROOT / "data"))
    port: int = field(default_factory=lambda: int(os.environ.get("PORT") or 8000))
    public_url: str = field(default_factory=lambda: (os.environ.get("PORTAL_URL") or "").rstrip("/"))
    is_demo: bool = field(default_factory=lambda: os.environ.get("PORTAL_DEMO") == "1")
    smtp_url: str | None = field(default_factory=lambda: os.environ.get("SMTP_URL") or None, repr=False)
    mail_from: str = field(default_factory=lambda: os.environ.get("MAIL_FROM") or "ne-pas-repondre@localhost")
    photo_megabytes: int = field(default_factory=lambda: int(os.environ.get("PORTAL_PHOTO_MB") or 10))
    relays: str = field(default_factory=lambda: os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1,::1")
    worker: str = field(default_factory=lambda: os.environ.get("PORTAL_WORKER") or "inside")
    redis_url: str | None = field(default_factory=lambda: os.environ.get("REDIS_URL") or None, repr=False)
    s3_bucket: str = field(default_factory=lambda: os.environ.get("S3_BUCKET") or "")
    s3_endpoint: str = field(default_factory=lambda: os.environ.get("S3_ENDPOINT") or "")
    s3_region: str = field(default_factory=lambda: os.environ.get("S3_REGION") or "us-east-1")
    s3_access_key: str = field(default_factory=lambda: os.environ.get("S3_ACCESS_KEY") or "", repr=False)
    s3_secret_key: str = field(default_factory=lambda: os.environ.get("S3_SECRET_KEY") or "", repr=False)
    file_types: str = field(
        default_factory=lambda: os.environ.get("FILE_TYPES") or "pdf jpeg png heic webp docx xlsx odt ods"
    )
    file_megabytes: int = field(default_factory=lambda: int(os.environ.get("FILE_MEGABYTES") or 25))
    quota_megabytes: int = field(default_factory=lambda: int(os.environ.get("QUOTA_MEGABYTES") or 500))
    quota_files: int = field(default_factory=lambda: int(os.environ.get("QUOTA_FILES") or 1000))
    clamav: str = field(default_factory=lambda: os.environ.get("CLAMAV") or "")
    payfip_service_url: str | None = field(default_factory=lambda: os.environ.get("PAYFIP_SERVICE_URL") or None)
    payment_answers_days: int = field(default_factory=lambda: int(os.environ.get("PAYMENT_ANSWERS_DAYS") or 400))
    refused_photos_days: int = field(default_factory=lambda: int(os.environ.get("REFUSED_PHOTOS_DAYS") or 90))
    payfip_page_url: str | None = field(default_factory=lambda: os.environ.get("PAYFIP_PAGE_URL") or None)

    @property
    def url(self) -> str:
        """The address that people type, without a final slash."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def is_mail_shown(self) -> bool:
        """The demonstration without a mail server shows its mails at /demo/courrier instead of sending them."""
        return self.is_demo and self.smtp_url is None

    @property
    def is_served_securely(self) -> bool:
        return self.url.startswith("https://")

    @property
    def file_bytes(self) -> int:
        """The most that one file may have."""
        return self.file_megabytes * 1_000_000

    @property
    def quota_bytes(self) -> int:
        """The most that the files of one subscriber may have together."""
        return self.quota_megabytes * 1_000_000

    def cookie_name(self, name: str) -> str:
        """Served securely, a cookie that only this host can have set (RFC 6265bis, 4.1.3.2)."""
        return f"__Host-{name}" if self.is_served_securely else name

    @property
    def origins(self) -> tuple[str, ...]:
        """Who may open a websocket or post a form: the portal's own pages."""
        if self.public_url:
            return (self.public_url,)
        return (f"http://localhost:{self.port}", f"http://127.0.0.1:{self.port}")


@cache
def settings() -> Settings:
    return Settings()
