"""The migrations, in order (迁移脚本); one that was released is never changed."""
